/**
 * How a name is found: by how any of its parts begins, or by the candidate's number. Letters are filed as on the ballot
 * paper itself (candidates/ballot_order.py): aa is å, ö is ø, ä is æ, ü is y. Whoever has no such keys finds them without.
 */

import type { Candidate } from "./offering.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå";
const FILED: Readonly<Record<string, string>> = { ä: "æ", ö: "ø", ő: "ø", ü: "y", ű: "y", þ: "th" };
const PLAIN: Readonly<Record<string, string>> = {
  æ: "ae", ø: "o", å: "a", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ŋ: "n", œ: "oe", ŧ: "t", þ: "th", ə: "e", ß: "ss",
};

/** The digits of the keyboards of our languages: Arabic and Persian ones beside our own. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const NUMBER = /^[0-9]+$/;

/** The candidates that a search finds, by their places in the ballot; nothing searched for is everybody. */
export function matching(candidates: readonly Candidate[], query: string): readonly number[] {
  const all = candidates.map((_, place) => place);
  const sought = query.replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf)).trim();
  if (sought === "") return all;
  if (NUMBER.test(sought)) return all.filter((i) => String(candidates[i]?.number).startsWith(sought));
  const parts = wordsOf(sought);
  if (parts.length === 0) return all;
  const [first = ""] = parts;
  if (parts.length === 1 && [...filed(first)].length === 1 && isAlphabetical(candidates)) {
    const begun = all.filter((i) => letterOf(candidates[i]?.name ?? "") === filed(first));
    if (begun.length > 0) return begun;
  }
  return all.filter((i) => {
    const own = wordsOf(candidates[i]?.name ?? "");
    return parts.every((part) => own.some((word) => begins(word, part)));
  });
}

/** The letters to search by: those that the names begin with, or any part of them where a lot drew the order. */
export function letters(candidates: readonly Candidate[]): readonly string[] {
  const isOrdered = isAlphabetical(candidates);
  const words = candidates.flatMap(({ name }) => (isOrdered ? wordsOf(name).slice(0, 1) : wordsOf(name)));
  const found = new Set(words.map((word) => first(filed(word))).filter((letter) => /\p{L}/u.test(letter)));
  return [...found].sort((one, other) => placeOf(one) - placeOf(other)).map((letter) => letter.toLocaleUpperCase("da"));
}

/** Whether the first letters come in the order of the alphabet, as they do unless a lot was drawn. */
export function isAlphabetical(candidates: readonly Candidate[]): boolean {
  const places = candidates.map(({ name }) => placeOf(letterOf(name)));
  return places.every((place, i) => i === 0 || place >= places[i - 1]!);
}

function letterOf(name: string): string {
  return first(filed(wordsOf(name)[0] ?? ""));
}

function begins(word: string, part: string): boolean {
  return filed(word).startsWith(filed(part)) || plain(word).startsWith(plain(part));
}

/** In lower case, without apostrophes; any other sign parts words as a space does. */
function wordsOf(name: string): readonly string[] {
  const letters = name.normalize("NFC").toLowerCase().replace(/['\u2019\u02bc`\u00b4\p{Cf}]/gu, "");
  return letters.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
}

function filed(word: string): string {
  return [...word.replaceAll("aa", "å")].map((letter) => (ALPHABET.includes(letter) ? letter : (FILED[letter] ?? plain(letter)))).join("");
}

/** Without diacritics: what can be typed on any Latin keyboard. */
function plain(word: string): string {
  return [...word].map((letter) => PLAIN[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, "")).join("");
}

function first(word: string): string {
  return [...word][0] ?? "";
}

/** Other alphabets follow the Danish one, in the order of the code points; digits come before both. */
function placeOf(letter: string): number {
  const place = ALPHABET.indexOf(letter);
  if (letter !== "" && place >= 0) return place;
  return /\p{N}/u.test(letter) ? -1 : ALPHABET.length + (letter.codePointAt(0) ?? 0);
}
