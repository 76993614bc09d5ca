/**
 * Gather the booth's sentences, `booth/messages/<section>/<language>.json`, into one module with types, and refuse a
 * catalogue that lacks a sentence, a plural form or a placeholder that the Danish one has. A language that is marked as a
 * draft in languages.json is not offered yet: it may lack sentences, and what it has is checked.
 *
 * `node messages.mjs [folder]` checks the catalogues of a folder and writes its `generated.ts`; exit status 1, and one
 * line for each fault, if there is one.
 */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";

import { writeIfNew } from "./generated.mjs";

/** The language whose catalogue says which sentences there are. */
const AUTHENTIC = "da";

const MISSING = "missing";
const EXACT = /^=\d+$/;
const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

/** Whole numbers enough to meet every plural category that counting uses. */
const COUNTED = [...Array(1000).keys()];

const here = join(dirname(fileURLToPath(import.meta.url)), "booth", "messages");

/** Check the catalogues of a folder and write its module; answers what is offered. Throws an Error that has one line for each fault. */
export function gather(folder = here) {
  const languages = JSON.parse(readFileSync(join(folder, "languages.json"), "utf8"));
  const codes = languages.map(({ code }) => code);
  const faults = [];
  const catalogues = Object.fromEntries(codes.map((code) => [code, readAll(folder, code)]));
  for (const section of sectionsOf(folder)) {
    for (const file of readdirSync(join(folder, section))) {
      if (!codes.includes(file.replace(/\.json$/, ""))) faults.push(`${section}/${file}: no language of languages.json`);
    }
  }
  const authentic = catalogues[AUTHENTIC];
  for (const { code, plural = code, draft = false } of languages) {
    compare(plural, catalogues[code], authentic, (key, what) => {
      if (what !== MISSING || !draft) faults.push(`${code} ${key}: ${what}`);
    });
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const offered = languages.filter(({ draft }) => !draft);
  const spoken = Object.fromEntries(offered.map(({ code }) => [code, catalogues[code]]));
  writeIfNew(join(folder, "generated.ts"), moduleOf(offered, spoken));
  return { languages: offered, sentences: spoken };
}

function sectionsOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

function readAll(folder, language) {
  const all = {};
  for (const section of sectionsOf(folder)) {
    const path = join(folder, section, `${language}.json`);
    if (!existsSync(path)) continue;
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(path, "utf8")))) all[`${section}.${key}`] = text;
  }
  return all;
}

/** Note what a language says otherwise than in the form of the Danish sentences; Danish is compared with itself. */
function compare(rules, catalogue, authentic, fault) {
  for (const key of Object.keys(catalogue)) if (!(key in authentic)) fault(key, "no such sentence in Danish");
  for (const [key, danish] of Object.entries(authentic)) {
    const text = catalogue[key];
    if (text === undefined) fault(key, MISSING);
    else if (typeof danish === "string") compareOne(text, danish, (what) => fault(key, what));
    else comparePlural(text, danish, rules, (what) => fault(key, what));
  }
}

function compareOne(text, danish, fault) {
  if (typeof text !== "string") return fault("a plural that Danish has not");
  checkSentence(text, fault);
  if (placeholders(text) !== placeholders(danish)) fault(`placeholders ${placeholders(text)} for ${placeholders(danish)}`);
}

function comparePlural(text, danish, rules, fault) {
  if (typeof text !== "object") return fault("a plural in Danish, one sentence here");
  if (text.plural !== danish.plural) return fault(`counts ${text.plural}, Danish counts ${danish.plural}`);
  const counting = new Intl.PluralRules(rules);
  const categories = new Set(COUNTED.map((number) => counting.select(number))).add("other");
  const forms = Object.keys(text).filter((form) => form !== "plural");
  for (const form of categories) if (!forms.includes(form)) fault(`lacks the form "${form}"`);
  for (const form of forms) {
    if (!EXACT.test(form) && !categories.has(form)) fault(`has no form "${form}"`);
    checkSentence(text[form], (what) => fault(`${form}: ${what}`));
    const named = placeholders(text[form]);
    // A form of one number only may say it in words.
    const matched = COUNTED.filter((number) => counting.select(number) === form);
    const isOneNumber = EXACT.test(form) || matched.length === 1;
    const others = placeholders(danish.other).split(" ").filter((name) => name !== danish.plural).join(" ");
    if (named !== placeholders(danish.other) && !(isOneNumber && named === others)) fault(`${form}: placeholders ${named}`);
  }
}

function checkSentence(text, fault) {
  if (typeof text !== "string" || text.trim().length < 2) return fault("says nothing");
  if (text !== text.trim() || text.includes("  ")) fault("needless space");
  if (text !== text.normalize("NFC")) fault("letters that are not composed");
  if (/[{}]/.test(text.replace(PLACEHOLDER, ""))) fault("a brace that opens no placeholder");
}

function placeholders(text) {
  if (typeof text !== "string") return "";
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name))].sort().join(" ");
}

/** Sentences are told by their place in `KEYS`, so that a bundle of many languages holds each key once. */
function moduleOf(languages, catalogues) {
  const keys = Object.keys(catalogues[AUTHENTIC]);
  const types = keys.map((key) => `  ${JSON.stringify(key)}: ${argumentsOf(catalogues[AUTHENTIC][key])};`);
  const texts = Object.entries(catalogues).map(
    ([language, catalogue]) => `  ${JSON.stringify(language)}: ${JSON.stringify(keys.map((key) => catalogue[key]))},`,
  );
  const codes = languages.map(({ code }) => JSON.stringify(code)).join(" | ");
  return [
    "// Written by messages.mjs from the catalogues beside it; change those.",
    "",
    `export type Language = ${codes};`,
    "",
    "/** What each sentence is filled with; null where it is said as it stands. */",
    "export interface Messages {",
    ...types,
    "}",
    "",
    `export const SPOKEN = ${JSON.stringify(languages, null, 2)} as const;`,
    "",
    `export const KEYS: readonly (keyof Messages)[] = ${JSON.stringify(keys, null, 2)};`,
    "",
    "export const TEXTS: { readonly [language: string]: readonly (string | { readonly [form: string]: string })[] } = {",
    ...texts,
    "};",
    "",
  ].join("\n");
}

function argumentsOf(danish) {
  const counted = typeof danish === "string" ? undefined : danish.plural;
  const names = placeholders(typeof danish === "string" ? danish : danish.other).split(" ").filter(Boolean);
  if (names.length === 0) return "null";
  const types = names.map((name) => `${name}: ${name === counted ? "number" : "number | string"}`);
  return `{ ${types.join("; ")} }`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    gather(argv[2]);
  } catch (error) {
    console.error(error.message);
    exit(1);
  }
}
