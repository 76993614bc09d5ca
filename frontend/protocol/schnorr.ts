/** To show that one knows a secret without showing it: Schnorr proofs and signatures (section 7). */

import { G, type Point, mod, pointText, readScalar, times, timesPublic } from "./group.ts";
import { challenge } from "./hash.ts";
import type { Json, JsonObject } from "./json.ts";
import { type RandomBytes, drawScalar } from "./randomness.ts";
import { members } from "./shape.ts";

/** Challenge c and response r = w - x c mod q. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** Prove knowledge of `secret`; `prefix` says of what and where, and ends in `|`. */
export function prove(prefix: string, secret: bigint, random: RandomBytes): Proof {
  const nonce = drawScalar(random);
  const c = challenge(prefix + pointText(times(G, nonce)));
  return { challenge: c, response: mod(nonce - secret * c) };
}

/** Whether the proof holds for the public key [secret]G. */
export function verifies(prefix: string, key: Point, proof: Proof): boolean {
  const commitment = timesPublic(G, proof.response).add(timesPublic(key, proof.challenge));
  return proof.challenge === challenge(prefix + pointText(commitment));
}

export function readProof(value: Json): Proof {
  const found = members(value, "proof", ["challenge", "response"]);
  return { challenge: readScalar(found.challenge), response: readScalar(found.response) };
}

export function proofJson(proof: Proof): JsonObject {
  return { challenge: String(proof.challenge), response: String(proof.response) };
}
