/** A receipt is said as six words beside its 43 signs: the words find a ballot, the signs prove (ballots/receipt_words.py). */

import { WORDS } from "./words.ts";

/** Words of a receipt; each stands for eleven bits, so that six are the first eleven signs of Base64. */
export const COUNT = 6;
export const BITS = 11n;
export const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export const SIGN_BITS = 6n;
export const SIGNS_READ = 11;

/** The six words of a receipt of 43 signs. */
export function wordsOf(code: string): readonly string[] {
  let number = 0n;
  for (const sign of code.slice(0, SIGNS_READ)) number = (number << SIGN_BITS) | BigInt(SIGNS.indexOf(sign));
  const words: string[] = [];
  for (let place = COUNT - 1; place >= 0; place -= 1) {
    words.push(WORDS[Number((number >> (BITS * BigInt(place))) % BigInt(WORDS.length))] ?? "");
  }
  return words;
}

/** Where the receipt is found after the close, for a QR code; what stands behind `#` is sent to nobody. */
export function receiptAddress(check: string, code: string): string {
  return `${check.replace(/check$/, "receipt")}#${code}`;
}
