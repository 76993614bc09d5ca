/** Keys, credentials and votes are points of Ed25519's prime-order subgroup, written as text (section 2). */

import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import type { Json } from "./json.ts";
import { Refusal, demand } from "./refusal.ts";

export type Point = typeof ed25519.Point.BASE;

/** The order of the subgroup. */
export const Q: bigint = ed25519.Point.Fn.ORDER;
/** The standard base point. */
export const G: Point = ed25519.Point.BASE;
/** The identity. */
export const O: Point = ed25519.Point.ZERO;

/** n mod q, in 0 … q-1 for negative n too. */
export function mod(n: bigint): bigint {
  const rest = n % Q;
  return rest < 0n ? rest + Q : rest;
}

/** 1/n mod q. */
export function inverse(n: bigint): bigint {
  return ed25519.Point.Fn.inv(mod(n));
}

/** [secret]P by the library's constant-time multiplication. */
export function times(point: Point, secret: bigint): Point {
  const scalar = mod(secret);
  // The library refuses these two: honest secrets never are zero, and O shows only in an election without ballots.
  if (scalar === 0n || point.is0()) return O;
  return point.multiply(scalar);
}

/** [n]P where both are public; faster, and its time tells n. */
export function timesPublic(point: Point, n: bigint): Point {
  return point.multiplyUnsafe(mod(n));
}

/** Sum of points; O when there are none. */
export function sumPoints(points: readonly Point[]): Point {
  return points.reduce((sum, point) => sum.add(point), O);
}

/** Build the library's table of multiples of G now, so that the first voter does not wait for it. */
export function warmUp(): void {
  G.multiply(2n);
}

/** Make the multiplications of a point that will be used many times cheaper. Costs about fifty of them. */
export function prepare(point: Point): Point {
  return point.is0() ? point : point.precompute(6, false);
}

/** str(P): the encoding of RFC 8032 with its bytes reversed, as 64 hexadecimal digits. */
export function pointText(point: Point): string {
  return bytesToHex(point.toBytes().reverse());
}

/**
 * Read str(P), more strictly than the original: lower-case, canonical, in the subgroup.
 *
 * The identity is a point; where it makes no sense the caller refuses it, see `readKey`.
 */
export function readPoint(value: Json): Point {
  const isHex = typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
  demand(isHex, "InvalidPoint", "a point is not written as 64 hexadecimal digits");
  const point = decode(hexToBytes(value).reverse());
  demand(point.isTorsionFree(), "InvalidPoint", "a point outside the prime-order subgroup");
  return point;
}

function decode(encoding: Uint8Array): Point {
  try {
    return ed25519.Point.fromBytes(encoding, false);
  } catch {
    throw new Refusal("InvalidPoint", "not the canonical encoding of a point on the curve");
  }
}

/** Read a public key, credential or nonce: a point that is not the identity. */
export function readKey(value: Json): Point {
  const point = readPoint(value);
  demand(!point.is0(), "InvalidPoint", "the identity cannot stand here");
  return point;
}

/** Read dec(n): decimal in a string, no leading zeros, 0 <= n < q. */
export function readScalar(value: Json): bigint {
  const isDecimal = typeof value === "string" && /^(0|[1-9][0-9]{0,75})$/.test(value);
  demand(isDecimal, "Malformed", "a number is not written in decimal digits");
  const scalar = BigInt(value);
  demand(scalar < Q, "Malformed", "a number that is not reduced");
  return scalar;
}
