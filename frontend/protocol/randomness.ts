/** Chance comes in as an argument, so that what depends on it can be seen and tested. */

import { G, type Point, mod, times } from "./group.ts";

/** Gives `length` fresh random bytes; in a browser `crypto.getRandomValues` on a new array. */
export type RandomBytes = (length: number) => Uint8Array;

export const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** A uniform scalar: 512 bits reduced, so the bias is below 2^-250. */
export function drawScalar(random: RandomBytes): bigint {
  const digits = Array.from(random(64), (byte) => byte.toString(16).padStart(2, "0"));
  return mod(BigInt(`0x${digits.join("")}`));
}

/** A uniform point of the subgroup. */
export function drawPoint(random: RandomBytes): Point {
  return times(G, drawScalar(random));
}

/** `length` uniform Base58 characters: each a byte masked to six bits, drawn again when 58 or more (section 6). */
export function drawBase58(random: RandomBytes, length: number): string {
  let drawn = "";
  while (drawn.length < length) {
    drawn += BASE58[(random(1)[0] ?? 63) & 63] ?? "";
  }
  return drawn;
}
