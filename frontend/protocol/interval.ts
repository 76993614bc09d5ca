/** Each candidate gets none or one, and all together between the least and the most allowed (section 9). */

import { type Ciphertext, ciphertextText, lessen } from "./elgamal.ts";
import { proveOneOf, verifiesOneOf } from "./disjunction.ts";
import type { Point } from "./group.ts";
import type { RandomBytes } from "./randomness.ts";
import type { Proof } from "./schnorr.ts";

/** The whole numbers least … most that may be encrypted, both included. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

export const NONE_OR_ONE: Interval = { least: 0, most: 1 };

/** A ciphertext's content and randomness, known to its maker alone. */
export interface Opening {
  readonly plaintext: number;
  readonly randomness: bigint;
}

/** least, least + 1, … most. */
export function numbersIn({ least, most }: Interval): readonly number[] {
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

function label(context: string, ciphertext: Ciphertext): string {
  return `prove|${context}|${ciphertextText(ciphertext)}|`;
}

/** Prove that `ciphertext` holds a number in `interval`; `context` is S0 or S of section 8. */
export function proveInterval(
  context: string,
  key: Point,
  ciphertext: Ciphertext,
  { plaintext, randomness }: Opening,
  interval: Interval,
  random: RandomBytes,
): readonly Proof[] {
  const branches = numbersIn(interval).map((m) => ({ randomness, rest: plaintext - m }));
  return proveOneOf(label(context, ciphertext), key, branches, plaintext - interval.least, random);
}

/** Whether the proof holds that `ciphertext` encrypts a number in `interval`. */
export function verifiesInterval(
  context: string,
  key: Point,
  ciphertext: Ciphertext,
  interval: Interval,
  proofs: readonly Proof[],
): boolean {
  const claims = numbersIn(interval).map((m) => lessen(ciphertext, m));
  return verifiesOneOf(label(context, ciphertext), key, claims, proofs);
}
