/** What is typed off a sheet is easier as words than as signs, and a passphrase of words is remembered. */

import { WORDS } from "../booth/words.ts";
import { PLACES } from "../receipt/spellings.ts";
import type { RandomBytes } from "../protocol/index.ts";
import { SPACE, numberOf, signsOf } from "./backup.ts";

/** Twelve words of eleven bits each hold every number below 58^22. */
export const COUNT = 12;

const BITS = 11n;
const PASSPHRASE_WORDS = 4;

/** Words that every keyboard can type: 42 bits are in four of them. */
const PLAIN_WORDS: readonly string[] = WORDS.filter((word) => /^[a-z]+$/.test(word));

/** The twelve words of 22 signs. */
export function wordsOf(signs: string): readonly string[] {
  const number = numberOf(signs);
  return Array.from({ length: COUNT }, (_, i) => {
    const place = (number >> (BITS * BigInt(COUNT - 1 - i))) % BigInt(WORDS.length);
    return WORDS[Number(place)] ?? "";
  });
}

/** Twelve words read as signs: a word that is on no list is told by its number from 1, and none where the words say too much. */
export function signsOfWords(words: readonly string[]): string | { readonly unknown: number } | undefined {
  const places = words.map((word) => PLACES.get(word));
  const unknown = places.indexOf(undefined);
  if (unknown >= 0) return { unknown: unknown + 1 };
  const number = places.reduce<bigint>((sum, place) => (sum << BITS) | BigInt(place ?? 0), 0n);
  return number < SPACE ? signsOf(number) : undefined;
}

/** A passphrase to propose. */
export function drawPassphrase(random: RandomBytes): string {
  const drawn: string[] = [];
  while (drawn.length < PASSPHRASE_WORDS) {
    const [high = 0, low = 0] = random(2);
    // Eleven bits; a number beyond the list is drawn again, so that every word is as likely.
    const word = PLAIN_WORDS[((high << 8) | low) & (WORDS.length - 1)];
    if (word !== undefined) drawn.push(word);
  }
  return drawn.join(" ");
}
