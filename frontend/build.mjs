/** Bundle the pages' programs, each folder with a main.ts into one file, and lay out the fonts that papers are set with. */

import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { build } from "esbuild";

import { buildSaved } from "./build-single.mjs";
import { layOutFonts, writeFontFaces } from "./fonts.mjs";
import { bundledPackages, layOutLicences } from "./licences.mjs";
import { gather } from "./messages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = resolve(values.out ?? join(here, "..", "votingapp", "static", "bundle"));

const entryPoints = Object.fromEntries(
  readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "main.ts")))
    .map((entry) => [entry.name, join(here, entry.name, "main.ts")]),
);

const said = gather();
writeFontFaces(said);
mkdirSync(out, { recursive: true });
// What the booth says, for whoever speaks it aloud (votingapp/recordings).
writeFileSync(join(out, "sentences.json"), JSON.stringify(said));
const { metafile } = await build({
  entryPoints,
  outdir: out,
  bundle: true,
  metafile: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  external: ["*.woff2"],
  logLevel: "warning",
});

// The checker once more, as one file that anybody may save.
await buildSaved(out);

// The slip scanner's WebAssembly is served by us: a polling station may have no internet.
const scanner = createRequire(createRequire(import.meta.url).resolve("barcode-detector/ponyfill"));
copyFileSync(scanner.resolve("zxing-wasm/reader/zxing_reader.wasm"), join(out, "zxing_reader.wasm"));

await layOutFonts(out, said);
layOutLicences(out, [...bundledPackages(metafile), "zxing-wasm"]);
