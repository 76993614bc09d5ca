/** In a threshold set-up everything a member needs to keep grows from one short seed on paper (section 13). */

import { G, type Point, times } from "../group.ts";
import { challenge } from "../hash.ts";
import { BASE58, type RandomBytes, drawBase58 } from "../randomness.ts";
import { demand } from "../refusal.ts";

/** Secrets sk (signing) and dk (opening messages) with their public keys vk and ek. */
export interface MemberKeys {
  readonly signing: bigint;
  readonly opening: bigint;
  readonly verification: Point;
  readonly encryption: Point;
}

/** A fresh seed: 22 Base58 characters. */
export function drawSeed(random: RandomBytes): string {
  return drawBase58(random, 22);
}

/** The keys that grow from a seed. */
export function deriveMemberKeys(seed: string): MemberKeys {
  const isSeed = seed.length === 22 && [...seed].every((character) => BASE58.includes(character));
  demand(isSeed, "Malformed", "not the form of a seed");
  const signing = challenge(`sk|${seed}`);
  const opening = challenge(`dk|${seed}`);
  return { signing, opening, verification: times(G, signing), encryption: times(G, opening) };
}
