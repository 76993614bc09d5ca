/** A vote is blank or names candidates, never both and never neither (section 10). */

import { type Ciphertext, lessen } from "./elgamal.ts";
import { proveOneOf, verifiesOneOf } from "./disjunction.ts";
import type { Point } from "./group.ts";
import { type Interval, type Opening, numbersIn } from "./interval.ts";
import type { RandomBytes } from "./randomness.ts";
import type { Proof } from "./schnorr.ts";

/** `first` says "blank or names no one", `second` says "blank or names between least and most". */
export interface BlankProofs {
  readonly first: readonly Proof[];
  readonly second: readonly Proof[];
}

/**
 * Prove both claims.
 *
 * @param context S of section 8, which holds all ciphertexts, so they are not repeated.
 * @param blank the opening of choice 0.
 * @param sum the opening of the sum of choices 1 … n.
 */
export function proveBlank(
  context: string,
  key: Point,
  blank: Opening,
  sum: Opening,
  interval: Interval,
  random: RandomBytes,
): BlankProofs {
  const isBlank = blank.plaintext === 1;
  const none = [blank, sum].map(({ randomness, plaintext }) => ({ randomness, rest: plaintext }));
  const lawful = [
    { randomness: blank.randomness, rest: blank.plaintext - 1 },
    ...numbersIn(interval).map((m) => ({ randomness: sum.randomness, rest: sum.plaintext - m })),
  ];
  const place = isBlank ? 0 : sum.plaintext - interval.least + 1;
  return {
    first: proveOneOf(`bproof0|${context}|`, key, none, isBlank ? 1 : 0, random),
    second: proveOneOf(`bproof1|${context}|`, key, lawful, place, random),
  };
}

/** Whether both proofs hold for choice 0 and the sum of the others. */
export function verifiesBlank(
  context: string,
  key: Point,
  blank: Ciphertext,
  sum: Ciphertext,
  interval: Interval,
  proofs: BlankProofs,
): boolean {
  const lawful = [lessen(blank, 1), ...numbersIn(interval).map((m) => lessen(sum, m))];
  return (
    verifiesOneOf(`bproof0|${context}|`, key, [blank, sum], proofs.first) &&
    verifiesOneOf(`bproof1|${context}|`, key, lawful, proofs.second)
  );
}
