/** Points and numbers as records write them (PROTOCOL.md section 2), and the hash that challenges are made of. */

import { ORDER, type Point, blankAddend, copyPoint, minus, neutral, plus, toAddend, toAffine, withY } from "./curve.ts";
import { P, toBigInt } from "./field.ts";
import { hashHex } from "./bytes.ts";
import { type Json, members } from "./json.ts";
import { Base, multiples } from "./multiples.ts";
import { demand } from "./refusal.ts";

export type { Point } from "./curve.ts";

/** What stands for the neutral element. */
export const NEUTRAL_TEXT = "1".padStart(64, "0");

/** y = 4/5 with an even x: the base point. */
const BASE_TEXT = "66".repeat(31) + "58";

/** A Schnorr proof, or one branch of a larger one. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** H(text): the SHA-256 as a number with its first byte highest, modulo the order. */
export function hashed(text: string): bigint {
  return BigInt(`0x${hashHex(text)}`) % ORDER;
}

/** A number below the order, in decimal, without sign or leading zero. */
export function number(value: Json | undefined): bigint {
  demand(typeof value === "string" && /^(0|[1-9][0-9]{0,75})$/.test(value), "altered");
  const found = BigInt(value);
  demand(found < ORDER, "altered");
  return found;
}

export function proof(value: Json | undefined): Proof {
  const [challenge, response] = members(value, "challenge", "response");
  return { challenge: number(challenge), response: number(response) };
}

export function sumOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((sum, one) => sum + one, 0n) % ORDER;
}

/**
 * A point of the curve, in its one spelling and not neutral. Whether it is in the subgroup is NOT checked yet: that comes
 * for nearly nothing with its first multiples (`multiples`), and whoever reads with this must ask there.
 */
export function pointUnchecked(value: Json | undefined): Point {
  demand(typeof value === "string" && /^[0-9a-f]{64}$/.test(value), "altered");
  demand(value !== NEUTRAL_TEXT, "altered");
  const encoded = BigInt(`0x${value}`);
  const y = encoded & (2n ** 255n - 1n);
  demand(y < P, "altered");
  const found = withY(y, encoded >> 255n === 1n);
  demand(found !== undefined, "altered");
  return found;
}

/** A point of the subgroup other than the neutral one, in its one spelling. */
export function point(value: Json | undefined): Point {
  const found = pointUnchecked(value);
  demand(multiples(found, []).isInSubgroup, "altered");
  return found;
}

/** The same where the neutral one is lawful: the sum of no ballots. */
export function pointOrNeutral(value: Json | undefined): Point {
  return value === NEUTRAL_TEXT ? neutral() : point(value);
}

/** The spellings of many points, which share an inversion. */
export function textsOf(points: readonly Point[]): readonly string[] {
  return toAffine(points).map(([x, y]) => {
    const sign = (toBigInt(x) & 1n) << 255n;
    return (toBigInt(y) | sign).toString(16).padStart(64, "0");
  });
}

export function textOfPoint(one: Point): string {
  return textsOf([one])[0]!;
}

const SCRATCH = blankAddend();

export function addPoints(...points: readonly Point[]): Point {
  const sum = neutral();
  for (const one of points) {
    toAddend(SCRATCH, one);
    plus(sum, sum, SCRATCH);
  }
  return sum;
}

export function subtractPoint(from: Point, other: Point): Point {
  const difference = neutral();
  copyPoint(difference, from);
  toAddend(SCRATCH, other);
  minus(difference, difference, SCRATCH);
  return difference;
}

export function isSame(one: Point, other: Point): boolean {
  return textOfPoint(one) === textOfPoint(other);
}

/** The base point G. */
export const G = pointUnchecked(BASE_TEXT);
export const BASE = new Base(G);

/** [n]G. */
export function generated(n: bigint): Point {
  const found = neutral();
  BASE.addTo(found, n);
  return found;
}

/** [n]P. */
export function multiplied(n: bigint, one: Point): Point {
  return multiples(one, [n]).points[0]!;
}

/** Whether a proof shows knowledge of the number behind `key`, for this prefix (section 7). */
export function knows(prefix: string, key: Point, { challenge, response }: Proof): boolean {
  const commitment = multiplied(challenge, key);
  BASE.addTo(commitment, response);
  return challenge === hashed(prefix + textOfPoint(commitment));
}
