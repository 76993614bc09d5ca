/** The slip drawn from the box holds a private credential; only what is derived from it leaves the tablet (section 6). */

import { G, type Point, Q, times } from "./group.ts";
import { shaHex } from "./hash.ts";
import { type RandomBytes, drawBase58 } from "./randomness.ts";
import { demand } from "./refusal.ts";

const FORM = /^[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}-[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}$/;

/** Private scalar s and public point X = [s]G. */
export interface Credential {
  readonly secret: bigint;
  readonly publicKey: Point;
}

/** 22 Base58 characters in groups of 5-6-5-6. */
export function drawCredential(random: RandomBytes): string {
  return groupCredential(drawBase58(random, 22));
}

/** Put the hyphens where a slip has them: after the 5th, 11th and 16th character. */
export function groupCredential(characters: string): string {
  const cuts = [0, 5, 11, 16, 22];
  return cuts
    .slice(1)
    .map((end, i) => characters.slice(cuts[i], end))
    .join("-");
}

/** Whether a text has the form of a private credential. There is no check character. */
export function isCredential(text: string): boolean {
  return FORM.test(text);
}

/** s and X of a private credential in the election `uuid`. */
export function deriveCredential(uuid: string, credential: string): Credential {
  demand(isCredential(credential), "InvalidCredential", "not the form of a credential");
  const half = (index: number): string => shaHex(`derive_credential|${uuid}|${index}|${credential}`);
  const secret = BigInt(`0x${half(0)}${half(1)}`) % Q;
  return { secret, publicKey: times(G, secret) };
}
