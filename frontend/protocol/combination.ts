/** Enough trustees together open what none of them could alone (section 12). */

import type { PartialDecryption } from "./decryption.ts";
import { type Point, inverse, mod, sumPoints, timesPublic } from "./group.ts";
import { Refusal } from "./refusal.ts";
import type { Trustee } from "./trustees.ts";

/** Checked partial decryptions by the number of their owner, from 1. */
export type Decryptions = ReadonlyMap<number, PartialDecryption>;

type Factors = readonly (readonly Point[])[];

/**
 * F for every position: beta - F then holds the count.
 *
 * @throws Refusal `InvalidResult` when a trustee, or the threshold of a group, is missing.
 */
export function combine(trustees: readonly Trustee[], decryptions: Decryptions): Factors {
  let first = 1;
  const parts = trustees.map((trustee) => {
    const size = trustee.kind === "Single" ? 1 : trustee.parameters.certificates.length;
    const needed = trustee.kind === "Single" ? 1 : trustee.parameters.threshold;
    const part = combineGroup(first, size, needed, decryptions);
    first += size;
    return part;
  });
  return addFactors(parts);
}

/** The first `needed` of the group's members who decrypted, in order of their numbers. A single trustee is a group of one. */
function combineGroup(first: number, size: number, needed: number, decryptions: Decryptions): Factors {
  const indices = Array.from({ length: size }, (_, i) => i + 1).filter((j) => decryptions.has(first + j - 1));
  const chosen = indices.slice(0, needed);
  if (chosen.length < needed) throw new Refusal("InvalidResult", "too few trustees have decrypted");
  return addFactors(
    chosen.map((j) => {
      const weight = lagrange(j, chosen);
      const { factors } = decryptions.get(first + j - 1) as PartialDecryption;
      return factors.map((row) => row.map((factor) => timesPublic(factor, weight)));
    }),
  );
}

/** lambda_j = product of k / (k - j) over the other chosen indices k. */
export function lagrange(j: number, chosen: readonly number[]): bigint {
  return chosen
    .filter((k) => k !== j)
    .reduce((product, k) => mod(product * BigInt(k) * inverse(BigInt(k - j))), 1n);
}

function addFactors(parts: readonly Factors[]): Factors {
  const [shape = []] = parts;
  return shape.map((row, i) => row.map((_, j) => sumPoints(parts.map((part) => part[i]?.[j] as Point))));
}
