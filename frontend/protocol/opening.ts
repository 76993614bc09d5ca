/** What a tablet reveals of a ballot that is never cast, so that any other device can seal it again (docs/challenge.md). */

import type { Election } from "./election.ts";
import { type Point, pointText } from "./group.ts";
import { hexToBytes, sha } from "./hash.ts";
import type { Proof } from "./schnorr.ts";
import type { Plaintext } from "./vote.ts";

const VERSION = 1;
const SCALAR_DIGITS = 64;

/** What the record holds beside the election's fingerprint. */
export interface Opened {
  readonly credential: Point;
  readonly seed: Uint8Array;
  readonly signature: Proof;
  readonly plaintext: Plaintext;
}

/** The opening as it stands in its code: base64url of the record, without padding. */
export function openingText(election: Election, { credential, seed, signature, plaintext }: Opened): string {
  const record = Uint8Array.of(
    VERSION,
    ...sha(election.text),
    ...hexToBytes(pointText(credential)),
    ...seed,
    ...scalarBytes(signature.challenge),
    ...scalarBytes(signature.response),
    ...marks(plaintext),
  );
  const standard = btoa(String.fromCharCode(...record));
  return standard.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** 32 bytes, the highest first. */
function scalarBytes(scalar: bigint): Uint8Array {
  return hexToBytes(scalar.toString(16).padStart(SCALAR_DIGITS, "0"));
}

/** A bit for each position, the first one the highest of the first byte. */
function marks(plaintext: Plaintext): readonly number[] {
  const bytes = new Array<number>(Math.ceil(plaintext.length / 8)).fill(0);
  plaintext.forEach((mark, position) => {
    bytes[position >> 3]! |= mark << (7 - (position & 7));
  });
  return bytes;
}
