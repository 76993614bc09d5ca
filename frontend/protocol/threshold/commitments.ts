/** A member's polynomial stays secret; its coefficients in the exponent are public, and bind her (section 13). */

import { O, type Point, mod, pointText, readKey, sumPoints, timesPublic } from "../group.ts";
import { parse, serialize } from "../json.ts";
import type { Proof } from "../schnorr.ts";
import { demand } from "../refusal.ts";
import { list, members } from "../shape.ts";
import type { Certificate } from "./certificate.ts";
import { type SignedMessage, checkSignature, signedJson } from "./signed.ts";

/** Signed commitments, and the points they say: [a_0]G, [a_1]G, … */
export interface Commitments {
  readonly signed: SignedMessage;
  readonly points: readonly Point[];
}

/** The message that is signed over these points. */
export function commitmentsMessage(points: readonly Point[]): string {
  return serialize({ coefexps: points.map(pointText) });
}

/** Read commitments as said; who signed them is checked by `checkCommitments`. */
export function readCommitments(signed: SignedMessage): Commitments {
  const found = members(parse(signed.message), "commitments", ["coefexps"]);
  return { signed, points: list(found.coefexps, "commitments", readKey) };
}

/** What a member signs to say: these certificates I saw, and these commitments are mine. */
export function transcript(certificates: readonly SignedMessage[], points: readonly Point[]): string {
  const content = { certs: certificates.map(signedJson), coefexps: points.map(pointText) };
  return `certs_sig|${serialize(content)}`;
}

/** Check one member's commitments and her signature of the transcript. */
export function checkCommitments(
  { signed, points }: Commitments,
  proof: Proof,
  member: Certificate,
  certificates: readonly Certificate[],
): void {
  demand(points.length === member.context.threshold, "InvalidTrustees", "a polynomial of another degree");
  checkSignature(signed.message, member.verification, signed.signature);
  const seen = certificates.map((certificate) => certificate.signed);
  checkSignature(transcript(seen, points), member.verification, proof);
}

/** [f(j)]G from the commitments to f. */
export function evaluateCommitted(points: readonly Point[], j: number): Point {
  return points.reduceRight((value, point) => timesPublic(value, BigInt(j)).add(point), O);
}

/** [x_j]G: the verification key of member j, the sum over all dealers. */
export function verificationPoint(commitments: readonly Commitments[], j: number): Point {
  return sumPoints(commitments.map(({ points }) => evaluateCommitted(points, j)));
}

/** f(j) mod q from the coefficients a_0, a_1, … */
export function evaluate(coefficients: readonly bigint[], j: number): bigint {
  return coefficients.reduceRight((value, coefficient) => mod(value * BigInt(j) + coefficient), 0n);
}
