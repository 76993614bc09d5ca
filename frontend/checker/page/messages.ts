/** What the checker says, in each of its languages; a sentence that is missing in one does not compile. */

import ar from "./messages/ar.json";
import da from "./messages/da.json";
import en from "./messages/en.json";
import pl from "./messages/pl.json";
import ro from "./messages/ro.json";
import tr from "./messages/tr.json";
import uk from "./messages/uk.json";

export type Key = keyof typeof da;

/** What the check of one tablet says; the check page says it in more languages than these. */
export type CheckKey = Exclude<
  Extract<Key, `check${string}` | `finding${string}` | "language" | "unreachable" | "broke">,
  "checkFile" | "checkHeading"
>;

export interface Spoken<Said extends Key> {
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  readonly sentences: Readonly<Record<Said, string>>;
}

const SPOKEN = {
  da: { name: "Dansk", direction: "ltr", sentences: da },
  en: { name: "English", direction: "ltr", sentences: en },
  ar: { name: "العربية", direction: "rtl", sentences: ar },
  tr: { name: "Türkçe", direction: "ltr", sentences: tr },
  pl: { name: "Polski", direction: "ltr", sentences: pl },
  uk: { name: "Українська", direction: "ltr", sentences: uk },
  ro: { name: "Română", direction: "ltr", sentences: ro },
} as const satisfies Readonly<Record<string, Spoken<Key>>>;

export type Language = keyof typeof SPOKEN;

/** Gives a sentence with its gaps filled. Whatever is put in keeps its own direction of writing. */
export type Say<Said extends Key> = (key: Said, filling?: Readonly<Record<string, string | number>>) => string;

export interface Words<Said extends Key = Key> {
  readonly language: string;
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  readonly say: Say<Said>;
}

export const LANGUAGES = Object.keys(SPOKEN) as readonly Language[];

/** The words of a language; of Danish where it is none of ours. */
export function wordsIn(language: string): Words {
  const known = LANGUAGES.find((one) => one === language) ?? "da";
  return wordsOf(known, SPOKEN[known]);
}

export function wordsOf<Said extends Key>(language: string, { name, direction, sentences }: Spoken<Said>): Words<Said> {
  const say: Say<Said> = (key, filling = {}) =>
    sentences[key].replace(/\{([a-z]+)\}/g, (_, gap: string) => `\u2068${filling[gap]}\u2069`);
  return { language, name, direction, say };
}
