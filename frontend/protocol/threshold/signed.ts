/** Members of the set-up know one another's messages by their signatures (section 13). */

import type { Point } from "../group.ts";
import type { Json, JsonObject } from "../json.ts";
import type { RandomBytes } from "../randomness.ts";
import { demand } from "../refusal.ts";
import { type Proof, proofJson, prove, readProof, verifies } from "../schnorr.ts";
import { members, text } from "../shape.ts";

export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

/** The bare signature of a message. */
export function signature(message: string, signing: bigint, random: RandomBytes): Proof {
  return prove(`sigmsg|${message}|`, signing, random);
}

export function sign(message: string, signing: bigint, random: RandomBytes): SignedMessage {
  return { message, signature: signature(message, signing, random) };
}

/** Refuse a signature that `verification` did not make of this message. */
export function checkSignature(message: string, verification: Point, proof: Proof): void {
  const holds = verifies(`sigmsg|${message}|`, verification, proof);
  demand(holds, "InvalidMessage", "a message not signed by its sender");
}

export function readSigned(value: Json): SignedMessage {
  const found = members(value, "signed message", ["message", "signature"]);
  return { message: text(found.message, "message"), signature: readProof(found.signature) };
}

export function signedJson(signed: SignedMessage): JsonObject {
  return { message: signed.message, signature: proofJson(signed.signature) };
}
