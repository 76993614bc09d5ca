/** The fonts: whole families that papers are set with, and small ones of the booth's own letters that tablets load. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import subsetFont from "subset-font";

import { writeIfNew } from "./generated.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules", "@expo-google-fonts");

/** The files of each family are called so. */
const FAMILIES = {
  "noto-sans": "NotoSans",
  "noto-sans-arabic": "NotoSansArabic",
  "noto-naskh-arabic": "NotoNaskhArabic",
  "noto-sans-ethiopic": "NotoSansEthiopic",
};

/** Papers are set with fonts that carry every script they are written in, the same on each machine. */
const PAPERS = ["noto-sans", "noto-sans-arabic", "noto-naskh-arabic"];
const WEIGHTS = { 400: "400Regular", 700: "700Bold" };

/**
 * What the booth's fonts hold, as first and last code point: the letters of its languages and of names in this country.
 * A script that names are not written in here, and that has hundreds of letters, is there `asSpoken`: those letters between
 * two code points that the booth's own sentences have. A letter beyond them is shown by whatever font the tablet has.
 */
const LETTERS = {
  latin: {
    family: "noto-sans",
    ranges: [[0x20, 0x7e], [0xa0, 0x17f], [0x18f, 0x18f], [0x1cd, 0x1d4], [0x1e6, 0x1e7], [0x1fa, 0x1ff], [0x218, 0x21b], [0x259, 0x259], [0x1e80, 0x1e85], [0x1e9e, 0x1e9e], [0x1ef2, 0x1ef3], [0x2010, 0x2015], [0x2018, 0x201e], [0x2020, 0x2022], [0x2026, 0x2026], [0x2039, 0x203a], [0x20ac, 0x20ac], [0x2212, 0x2212]],
  },
  cyrillic: { family: "noto-sans", ranges: [[0x300, 0x301], [0x400, 0x45f], [0x490, 0x491], [0x2116, 0x2116]] },
  arabic: {
    family: "noto-sans-arabic",
    ranges: [[0x60c, 0x60c], [0x61b, 0x61b], [0x61f, 0x61f], [0x621, 0x63a], [0x640, 0x655], [0x660, 0x66c], [0x670, 0x671], [0x679, 0x679], [0x67e, 0x67e], [0x686, 0x686], [0x688, 0x688], [0x691, 0x691], [0x695, 0x695], [0x698, 0x698], [0x6a4, 0x6a4], [0x6a9, 0x6a9], [0x6af, 0x6af], [0x6b5, 0x6b5], [0x6ba, 0x6ba], [0x6be, 0x6be], [0x6c1, 0x6c3], [0x6c6, 0x6c6], [0x6cc, 0x6cc], [0x6ce, 0x6ce], [0x6d2, 0x6d5], [0x6f0, 0x6f9], [0x200c, 0x200d]],
  },
  ethiopic: { family: "noto-sans-ethiopic", asSpoken: [0x1200, 0x139f] },
};

/** Write the style sheet that names the booth's fonts; their addresses are those of the bundle. `said` is all that the booth says. */
export function writeFontFaces(said) {
  const faces = Object.entries(LETTERS).flatMap(([script, letters]) =>
    Object.keys(WEIGHTS).map((weight) => fontFace(script, weight, rangesOf(letters, said).map(written).join(", "))),
  );
  const head = "/* Written by fonts.mjs. */\n\n";
  writeIfNew(join(here, "booth", "style", "generated-fonts.css"), head + faces.join("\n"));
}

function fontFace(script, weight, ranges) {
  return `@font-face {
  font-family: Booth;
  font-weight: ${weight};
  font-display: swap;
  src: url("fonts/booth-${script}-${weight}.woff2") format("woff2");
  unicode-range: ${ranges};
}
`;
}

function rangesOf({ ranges, asSpoken }, said) {
  if (ranges !== undefined) return ranges;
  const [first, last] = asSpoken;
  const points = [...new Set(JSON.stringify(said))].map((letter) => letter.codePointAt(0)).sort((one, other) => one - other);
  const joined = [];
  for (const point of points.filter((one) => one >= first && one <= last)) {
    if (joined.at(-1)?.[1] === point - 1) joined.at(-1)[1] = point;
    else joined.push([point, point]);
  }
  return joined;
}

function written([first, last]) {
  const [from, to] = [first, last].map((point) => point.toString(16).padStart(4, "0"));
  return from === to ? `U+${from}` : `U+${from}-${to}`;
}

/** Put both kinds into the folder `fonts` of a bundle, with the licence of each family. */
export async function layOutFonts(out, said) {
  const folder = join(out, "fonts");
  mkdirSync(folder, { recursive: true });
  for (const [source, family] of Object.entries(FAMILIES)) {
    for (const weight of PAPERS.includes(source) ? Object.values(WEIGHTS) : []) {
      copyFileSync(join(packages, source, weight, `${family}_${weight}.ttf`), join(folder, `${family}_${weight}.ttf`));
    }
    copyFileSync(join(packages, source, "LICENSE_FONT"), join(folder, `${family}_LICENSE`));
  }
  for (const [script, { family, ...some }] of Object.entries(LETTERS)) {
    const letters = rangesOf(some, said).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
    for (const [number, weight] of Object.entries(WEIGHTS)) {
      const whole = readFileSync(join(packages, family, weight, `${FAMILIES[family]}_${weight}.ttf`));
      const small = await subsetFont(whole, String.fromCodePoint(...letters), { targetFormat: "woff2" });
      writeFileSync(join(folder, `booth-${script}-${number}.woff2`), small);
    }
  }
}
