/** Bundle every test and run it on the node at hand, 18 or later. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { gather } from "./messages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "frontend-tests-"));

function testsIn(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return testsIn(join(directory, entry.name));
    return entry.name.endsWith(".test.ts") ? [join(directory, entry.name)] : [];
  });
}

const wanted = process.argv.slice(2);
const entryPoints = testsIn(join(here, "tests")).filter(
  (path) => wanted.length === 0 || wanted.some((part) => path.includes(part)),
);

try {
  gather();
  await build({
    entryPoints,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    entryNames: "[name]",
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    sourcemap: "inline",
    define: { VECTORS: JSON.stringify(join(here, "..", "tests", "vectors")) },
    logLevel: "warning",
  });
  const files = entryPoints.map((path) => join(folder, `${basename(path, ".ts")}.mjs`));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
