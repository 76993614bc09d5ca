/** What is typed or scanned off a key sheet: its square, its 22 signs or its twelve words. */

import { BASE58 } from "../protocol/index.ts";
import { type Place, SIGNS } from "./backup.ts";
import { COUNT, signsOfWords } from "./words.ts";

const HEAD = "noegle1";
const CODE = new RegExp(`^${HEAD}:([${BASE58}]+):([1-9][0-9]{0,2}):([0-9a-f]{8}):([${BASE58}]{${SIGNS}})$`);
const BARE = new RegExp(`^[${BASE58}]{${SIGNS}}$`);

/** What the square of a sheet says: whose it is, the mark of the public key that belongs to it, and the covered seed. */
export interface Sheet extends Place {
  readonly mark: string;
  readonly signs: string;
}

/** `why` is what is wrong with what was typed, or with the sheet that was scanned. */
export type Reading =
  | { readonly signs: string }
  | { readonly why: "unreadable" | "election" | "member" | "ceremony" }
  | { readonly why: "word"; readonly number: number };

/** The text of the square. */
export function sheetCode({ uuid, position, mark, signs }: Sheet): string {
  return [HEAD, uuid, position, mark, signs].join(":");
}

/** Read a sheet that should be of this place and, where that is known, of the key with this mark. */
export function readSheet(text: string, place: Place, mark?: string): Reading {
  const typed = text.normalize("NFKC").trim();
  const code = CODE.exec(typed);
  if (code !== null) return readCode(code, place, mark);
  const bare = typed.replaceAll(/[\s-]/g, "");
  if (BARE.test(bare)) return { signs: bare };
  return readWords(typed.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== ""));
}

function readCode([, uuid, position, found, signs = ""]: RegExpExecArray, place: Place, mark?: string): Reading {
  if (uuid !== place.uuid) return { why: "election" };
  if (Number(position) !== place.position) return { why: "member" };
  return mark === undefined || mark === found ? { signs } : { why: "ceremony" };
}

function readWords(words: readonly string[]): Reading {
  if (words.length !== COUNT) return { why: "unreadable" };
  const signs = signsOfWords(words);
  if (signs === undefined) return { why: "unreadable" };
  return typeof signs === "string" ? { signs } : { why: "word", number: signs.unknown };
}
