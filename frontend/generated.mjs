/** Files that the build writes into the sources: made from what stands beside them, and in no repository. */

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

/** Two builds may run side by side, and a file that stays the same stays as old as it is. */
export function writeIfNew(path, text) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  writeFileSync(`${path}.${pid}`, text);
  renameSync(`${path}.${pid}`, path);
}
