/**
 * The languages of the check page: those of the checker, and others of the booth, for who checks a tablet may read no other.
 * A whole election is checked in the checker's alone. A sentence that is missing does not compile.
 */

import { type CheckKey, LANGUAGES, type Spoken, type Words, wordsIn, wordsOf } from "../checker/page/messages.ts";
import bs from "./messages/bs.json";
import de from "./messages/de.json";
import fa from "./messages/fa.json";
import hr from "./messages/hr.json";
import ku from "./messages/ku.json";
import so from "./messages/so.json";
import srLatn from "./messages/sr-Latn.json";
import ti from "./messages/ti.json";
import ur from "./messages/ur.json";

const MORE: ReadonlyMap<string, Spoken<CheckKey>> = new Map([
  ["fa", { name: "فارسی", direction: "rtl", sentences: fa }],
  ["ur", { name: "اردو", direction: "rtl", sentences: ur }],
  ["bs", { name: "Bosanski", direction: "ltr", sentences: bs }],
  ["hr", { name: "Hrvatski", direction: "ltr", sentences: hr }],
  ["sr-Latn", { name: "Srpski", direction: "ltr", sentences: srLatn }],
  ["de", { name: "Deutsch", direction: "ltr", sentences: de }],
  ["so", { name: "Soomaali", direction: "ltr", sentences: so }],
  ["ku", { name: "Kurdî (Kurmancî)", direction: "ltr", sentences: ku }],
  ["ti", { name: "ትግርኛ", direction: "ltr", sentences: ti }],
]);

/** In the order in which they are offered. */
export const OFFERED: readonly string[] = [...LANGUAGES, ...MORE.keys()];

/** The words of a language; of Danish where it is none of ours. */
export function checkWordsIn(language: string): Words<CheckKey> {
  const more = MORE.get(language);
  return more === undefined ? wordsIn(language) : wordsOf(language, more);
}
