/**
 * The sum on which a finished key is tried: all of it is made of the key by a hash, so the house chooses nothing of it.
 *
 * [x]alpha = [r]X could be computed by anybody, as r is public; no ballot can be hidden in it. What shows that a member has
 * her key is her signature of the part (ballots/protocol/threshold/trial.py).
 */

import { G, type Point, pointText, times, timesPublic } from "../group.ts";
import { challenge, shaHex } from "../hash.ts";
import { serialize } from "../json.ts";
import type { RandomBytes } from "../randomness.ts";
import { demand } from "../refusal.ts";
import { proofJson, prove } from "../schnorr.ts";

const SMALLEST = 1000;
const NUMBERS = 9000n;

/** The number that comes out when enough members have opened the sum of this key. */
export function trialNumber(uuid: string, key: Point): number {
  const drawn = BigInt(`0x${shaHex(`trial-number|${name(uuid, key)}`)}`);
  return SMALLEST + Number(drawn % NUMBERS);
}

/** What a member with this decryption key sends; `publicKey` is hers. */
export function trialPart(uuid: string, key: Point, publicKey: Point, secret: bigint, random: RandomBytes): string {
  const r = challenge(`trial|${name(uuid, key)}`);
  const factor = times(timesPublic(G, r), secret);
  demand(factor.equals(timesPublic(publicKey, r)), "InvalidDecryption", "another key opens the trial sum");
  const signature = prove(`trial-part|${name(uuid, key)}|${pointText(factor)}|`, secret, random);
  return serialize({ factor: pointText(factor), signature: proofJson(signature) });
}

function name(uuid: string, key: Point): string {
  return `${uuid}|${pointText(key)}`;
}
