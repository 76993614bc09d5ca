/**
 * What the booth says, in each of its languages. All of them are in the one bundle, so that no request tells which one a
 * voter reads. The sentences are in `<section>/<language>.json`; messages.mjs checks them and writes `generated.ts`.
 */

import { KEYS, type Language, type Messages, SPOKEN, TEXTS } from "./generated.ts";

export type { Language };
export type Key = keyof Messages;

/** What a sentence must be filled with: nothing, or its placeholders. */
export type Filling<K extends Key> = Messages[K] extends null ? [] : [Messages[K]];

/** Gives a sentence; a name or other text put into it keeps its own direction of writing. */
export type Translate = <K extends Key>(key: K, ...filling: Filling<K>) => string;

/** One language: `language` and `direction` go into the page's own `lang` and `dir`, `name` is its own name for itself. */
export interface Words {
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
  readonly name: string;
  readonly t: Translate;
}

interface Spoken {
  readonly code: Language;
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** Whose rules of plural it follows, where not every browser knows its own. */
  readonly plural?: string;
}

const ISOLATE = "\u2068";
const END_OF_ISOLATE = "\u2069";
const LIST: readonly Spoken[] = SPOKEN;
const PLACES: ReadonlyMap<Key, number> = new Map(KEYS.map((key, place) => [key, place]));
const WORDS: ReadonlyMap<Language, Words> = new Map(LIST.map((spoken) => [spoken.code, wordsOf(spoken)]));

/** The languages, in the order in which they are offered. */
export const LANGUAGES: readonly Language[] = LIST.map(({ code }) => code);

/** The language of the election itself, which a tablet speaks to whoever has not chosen. */
export const AUTHENTIC: Language = "da";

export function wordsIn(language: Language): Words {
  const words = WORDS.get(language);
  if (words === undefined) throw new Error(`no words in ${language}`);
  return words;
}

function wordsOf({ code, name, direction, plural }: Spoken): Words {
  const sentences = TEXTS[code] ?? [];
  const rules = new Intl.PluralRules(plural ?? code);
  const t: Translate = (key, ...[filling]) => {
    const sentence = sentences[PLACES.get(key) ?? -1];
    if (sentence === undefined) throw new Error(`${code} has no sentence ${key}`);
    const given: Given = filling ?? {};
    return filled(typeof sentence === "string" ? sentence : formOf(sentence, given, rules), given);
  };
  return { language: code, direction, name, t };
}

type Given = { readonly [name: string]: string | number };

/** The form for a number: one written for just that number, else that of its category. */
function formOf(forms: { readonly [form: string]: string }, given: Given, rules: Intl.PluralRules): string {
  const count = Number(given[forms["plural"] ?? ""]);
  return forms[`=${count}`] ?? forms[rules.select(count)] ?? forms["other"] ?? "";
}

function filled(sentence: string, given: Given): string {
  return sentence.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = given[name];
    return typeof value === "string" ? `${ISOLATE}${value}${END_OF_ISOLATE}` : String(value);
  });
}
