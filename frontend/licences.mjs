/** The licences of what is bundled, as their authors wrote them: each asks to go along with what it is the licence of. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = join(dirname(fileURLToPath(import.meta.url)), "node_modules");

/** The names of the packages that took part in a bundle. */
export function bundledPackages(metafile) {
  const found = Object.keys(metafile.inputs).map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(found)].filter(Boolean).sort();
}

/** Put them into the folder `licences` of a bundle. A package without a licence ends the build. */
export function layOutLicences(out, names) {
  const folder = join(out, "licences");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    copyFileSync(join(packages, name, "LICENSE"), join(folder, `${name.replace("@", "").replace("/", "-")}.txt`));
  }
  // The scanner's WebAssembly is ZXing-C++, under the Apache licence, whose text comes here with the compiler, under the same.
  const apache = readFileSync(join(packages, "typescript", "LICENSE"), "utf8");
  if (!/^\s*Apache License\s+Version 2\.0/.test(apache)) throw new Error("the text of the Apache licence is not where it was");
  writeFileSync(join(folder, "zxing-cpp.txt"), apache);
}
