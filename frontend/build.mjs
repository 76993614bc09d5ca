/** Bundle the pages' programs, each folder with a main.ts into one file, and lay out the fonts that papers are set with. */

import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { build } from "esbuild";

import { gather } from "./messages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = resolve(values.out ?? join(here, "..", "votingapp", "static", "bundle"));

const entryPoints = Object.fromEntries(
  readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "main.ts")))
    .map((entry) => [entry.name, join(here, entry.name, "main.ts")]),
);

gather();
mkdirSync(out, { recursive: true });
await build({
  entryPoints,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
});

// The slip scanner's WebAssembly is served by us: a polling station may have no internet.
const scanner = createRequire(createRequire(import.meta.url).resolve("barcode-detector/ponyfill"));
copyFileSync(scanner.resolve("zxing-wasm/reader/zxing_reader.wasm"), join(out, "zxing_reader.wasm"));

// Papers are set with fonts that carry every script of the electorate, the same on each machine.
const families = { "noto-sans": "NotoSans", "noto-sans-arabic": "NotoSansArabic", "noto-naskh-arabic": "NotoNaskhArabic" };
const fonts = join(out, "fonts");
mkdirSync(fonts, { recursive: true });
for (const [folder, family] of Object.entries(families)) {
  const source = join(here, "node_modules", "@expo-google-fonts", folder);
  for (const weight of ["400Regular", "700Bold"]) {
    copyFileSync(join(source, weight, `${family}_${weight}.ttf`), join(fonts, `${family}_${weight}.ttf`));
  }
  copyFileSync(join(source, "LICENSE_FONT"), join(fonts, `${family}_LICENSE`));
}
