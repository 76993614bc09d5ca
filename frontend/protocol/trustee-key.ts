/** A member of the election board proves that she knows the secret of the key she publishes (section 7). */

import { GROUP } from "./election.ts";
import { G, type Point, pointText, readKey, times } from "./group.ts";
import { shaHex } from "./hash.ts";
import type { Json, JsonObject } from "./json.ts";
import type { RandomBytes } from "./randomness.ts";
import { demand } from "./refusal.ts";
import { type Proof, proofJson, prove, readProof, verifies } from "./schnorr.ts";
import { members, text } from "./shape.ts";

/** A public key with its proof of knowledge; `signature` is there in a threshold set-up. */
export interface TrusteeKey {
  readonly pok: Proof;
  readonly publicKey: Point;
  readonly signature?: Proof;
  readonly name?: string;
}

function pokPrefix(publicKey: Point): string {
  return `pok|${GROUP}|${pointText(publicKey)}|`;
}

/** The public half of `secret`, to be published. */
export function trusteeKey(secret: bigint, random: RandomBytes): TrusteeKey {
  const publicKey = times(G, secret);
  return { pok: prove(pokPrefix(publicKey), secret, random), publicKey };
}

/** The first eight digits of SHA(str(X)) in capitals, to tell keys apart. */
export function keyLabel(publicKey: Point): string {
  return shaHex(pointText(publicKey)).slice(0, 8).toUpperCase();
}

/** Read a trustee's key and check its proof of knowledge. */
export function readTrusteeKey(value: Json): TrusteeKey {
  const found = members(value, "trustee key", ["pok", "public_key", "signature?", "name?"]);
  const publicKey = readKey(found.public_key);
  const pok = readProof(found.pok);
  demand(verifies(pokPrefix(publicKey), publicKey, pok), "InvalidTrustees", "a key that nobody is proven to hold");
  return {
    pok,
    publicKey,
    ...(found.signature !== undefined && { signature: readProof(found.signature) }),
    ...(found.name !== undefined && { name: text(found.name, "name") }),
  };
}

export function trusteeKeyJson({ pok, publicKey, signature, name }: TrusteeKey): JsonObject {
  return {
    pok: proofJson(pok),
    public_key: pointText(publicKey),
    ...(signature && { signature: proofJson(signature) }),
    ...(name !== undefined && { name }),
  };
}
