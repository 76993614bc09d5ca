/** A ballot shows that it is a lawful vote without showing which: one of several claims holds (sections 9 and 10). */

import { type Ciphertext, ciphertextText } from "./elgamal.ts";
import { G, type Point, mod, times, timesPublic } from "./group.ts";
import { challenge } from "./hash.ts";
import { type RandomBytes, drawScalar } from "./randomness.ts";
import type { Proof } from "./schnorr.ts";

/** One claim as its prover knows it: the ciphertext is ([r]G, [r]y + [rest]G), claimed to have rest = 0. */
export interface Branch {
  readonly randomness: bigint;
  readonly rest: number;
}

/**
 * Prove that the claim at index `real` holds, hiding the index.
 *
 * The commitments of the other claims come from the verification formula. Knowing the randomness, the prover
 * needs only multiples of G and y for it: A = [r_j]G + [c_j][r]G = [r_j + c_j r]G, and likewise for B.
 *
 * @param label what is hashed before the commitments, ending in `|`.
 */
export function proveOneOf(
  label: string,
  key: Point,
  branches: readonly Branch[],
  real: number,
  random: RandomBytes,
): readonly Proof[] {
  const nonce = drawScalar(random);
  const proofs = branches.map((): Proof => ({ challenge: drawScalar(random), response: drawScalar(random) }));
  const commitments = branches.map((branch, j) => {
    if (j === real) return { alpha: times(G, nonce), beta: times(key, nonce) };
    return simulated(key, branch, proofs[j] as Proof);
  });
  const others = proofs.reduce((sum, proof, j) => (j === real ? sum : sum + proof.challenge), 0n);
  const c = mod(challenge(label + commitmentText(commitments)) - others);
  const response = mod(nonce - (branches[real] as Branch).randomness * c);
  return proofs.map((proof, j) => (j === real ? { challenge: c, response } : proof));
}

function simulated(key: Point, { randomness, rest }: Branch, proof: Proof): Ciphertext {
  const scalar = mod(proof.response + proof.challenge * randomness);
  const shift = times(G, proof.challenge * BigInt(rest));
  return { alpha: times(G, scalar), beta: times(key, scalar).add(shift) };
}

/** Whether the proof holds that one of `claims` is an encryption of zero. */
export function verifiesOneOf(
  label: string,
  key: Point,
  claims: readonly Ciphertext[],
  proofs: readonly Proof[],
): boolean {
  if (proofs.length !== claims.length) return false;
  const commitments = claims.map(({ alpha, beta }, j) => {
    const { challenge: c, response: r } = proofs[j] as Proof;
    return {
      alpha: timesPublic(G, r).add(timesPublic(alpha, c)),
      beta: timesPublic(key, r).add(timesPublic(beta, c)),
    };
  });
  const sum = proofs.reduce((total, proof) => total + proof.challenge, 0n);
  return mod(sum) === challenge(label + commitmentText(commitments));
}

function commitmentText(commitments: readonly Ciphertext[]): string {
  return commitments.map(ciphertextText).join(",");
}
