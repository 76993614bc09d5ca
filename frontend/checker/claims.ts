/**
 * What a ballot proves about its ciphertexts without opening them (PROTOCOL.md sections 9 and 10).
 *
 * Interval, blank and overall proofs are one thing: of several ciphertexts, each lessened by a public number, one hides zero.
 */

import { ORDER } from "./curve.ts";
import { BASE, type Point, type Proof, hashed, sumOf, textsOf } from "./group.ts";
import { type Base, multiples } from "./multiples.ts";
import { type Reason, demand } from "./refusal.ts";

export interface Ciphertext {
  readonly alpha: Point;
  readonly beta: Point;
}

/** One of several possibilities: the ciphertext with this index hides the number `less`. */
export interface Branch {
  readonly index: number;
  readonly less: number;
}

export interface Claim {
  /** What stands in the hash before the commitments. */
  readonly prefix: string;
  readonly branches: readonly Branch[];
  /** One for each branch. */
  readonly proofs: readonly Proof[];
  readonly otherwise: Reason;
}

/**
 * Check all claims about these ciphertexts, and that each of their points is in the subgroup.
 *
 * @throws Refusal with the reason of the first claim that does not hold.
 */
export function checkClaims(key: Base, ciphertexts: readonly Ciphertext[], claims: readonly Claim[]): void {
  const multiplied = ciphertexts.map((ciphertext, index) => multipliedBy(ciphertext, challengesOf(claims, index)));
  const next = ciphertexts.map(() => 0);
  const commitments = claims.map(({ branches, proofs }) =>
    branches.flatMap(({ index, less }, j) => {
      const { alphas, betas } = multiplied[index]!;
      const place = next[index]!++;
      return commitmentsTo(key, alphas[place]!, betas[place]!, less, proofs[j]!);
    }),
  );
  const texts = textsOf(commitments.flat());
  let from = 0;
  claims.forEach(({ prefix, proofs, otherwise }, i) => {
    const own = texts.slice(from, (from += commitments[i]!.length));
    demand(sumOf(proofs.map(({ challenge }) => challenge)) === hashed(prefix + own.join(",")), otherwise);
  });
}

/** Every challenge that a ciphertext is multiplied by, in the order of the claims. */
function challengesOf(claims: readonly Claim[], wanted: number): readonly bigint[] {
  return claims.flatMap(({ branches, proofs }) =>
    branches.flatMap(({ index }, j) => (index === wanted ? [proofs[j]!.challenge] : [])),
  );
}

function multipliedBy(
  { alpha, beta }: Ciphertext,
  challenges: readonly bigint[],
): { readonly alphas: readonly Point[]; readonly betas: readonly Point[] } {
  const [alphas, betas] = [multiples(alpha, challenges), multiples(beta, challenges)];
  demand(alphas.isInSubgroup && betas.isInSubgroup, "ballotPoint");
  return { alphas: alphas.points, betas: betas.points };
}

/** A = [r]G + [c]alpha and B = [r]y + [c](beta - [less]G), worked out in the multiples of alpha and beta. */
function commitmentsTo(key: Base, a: Point, b: Point, less: number, { challenge, response }: Proof): [Point, Point] {
  BASE.addTo(a, response);
  key.addTo(b, response);
  if (less > 0) BASE.addTo(b, ORDER - ((challenge * BigInt(less)) % ORDER));
  return [a, b];
}
