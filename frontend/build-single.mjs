/** Put the checker into one html file to be saved: one script, one style sheet, and a policy that lets nothing else in. */

import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

async function bundled(entry, format) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "checker", entry)],
    bundle: true,
    write: false,
    minify: true,
    ...(format && { format }),
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0].text.trim();
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Write `checker.html` into a folder. The same sources give the same bytes. */
export async function buildSaved(folder) {
  const [script, style] = [await bundled("saved.ts", "iife"), await bundled("saved.css")];
  if (/<\/(script|style)/i.test(script + style)) throw new Error("the saved file would end its script too early");
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "worker-src blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  const page = [
    "<!doctype html>",
    '<html lang="da">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "<title>Kontrollér et valg</title>",
    `<style>${style}</style>`,
    "<body>",
    "<noscript>Slå JavaScript til i browseren. · Switch JavaScript on in the browser.</noscript>",
    `<script>${script}</script>`,
    "</html>\n",
  ].join("\n");
  writeFileSync(join(folder, "checker.html"), page);
}
