/** A vote is encrypted so that votes can be added without being opened: exponential ElGamal (section 8). */

import { G, O, type Point, mod, pointText, readPoint, sumPoints, times, timesPublic } from "./group.ts";
import type { Json, JsonObject } from "./json.ts";
import { members } from "./shape.ts";

export interface Ciphertext {
  readonly alpha: Point;
  readonly beta: Point;
}

/** alpha = [r]G, beta = [r]y + [m]G for m = 0 or 1; the same work for both. */
export function encrypt(key: Point, plaintext: 0 | 1, randomness: bigint): Ciphertext {
  const message = plaintext === 1 ? G : O;
  return { alpha: times(G, randomness), beta: times(key, randomness).add(message) };
}

/** Component-wise sum: an encryption of the sum. */
export function sumCiphertexts(ciphertexts: readonly Ciphertext[]): Ciphertext {
  return {
    alpha: sumPoints(ciphertexts.map(({ alpha }) => alpha)),
    beta: sumPoints(ciphertexts.map(({ beta }) => beta)),
  };
}

/** The same ciphertext with the public number m taken from its content: beta - [m]G. */
export function lessen({ alpha, beta }: Ciphertext, m: number): Ciphertext {
  return { alpha, beta: beta.subtract(timesPublic(G, mod(BigInt(m)))) };
}

/** `str(alpha),str(beta)` as it stands inside hashed strings. */
export function ciphertextText({ alpha, beta }: Ciphertext): string {
  return `${pointText(alpha)},${pointText(beta)}`;
}

export function readCiphertext(value: Json): Ciphertext {
  const found = members(value, "ciphertext", ["alpha", "beta"]);
  return { alpha: readPoint(found.alpha), beta: readPoint(found.beta) };
}

export function ciphertextJson({ alpha, beta }: Ciphertext): JsonObject {
  return { alpha: pointText(alpha), beta: pointText(beta) };
}
