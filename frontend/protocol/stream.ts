/** All numbers of a sealed ballot but its signature's come from one seed, so that whoever is given the seed can seal it again. */

import { sha512 } from "@noble/hashes/sha2.js";

import { bytesToHex, utf8ToBytes } from "./hash.ts";
import type { RandomBytes } from "./randomness.ts";

export const SEED_BYTES = 32;
const BLOCK_BYTES = 64;

/** D(0), D(1), D(2) … of docs/challenge.md, 64 bytes at a time; nothing else can be drawn. */
export function streamOf(seed: Uint8Array): RandomBytes {
  if (seed.length !== SEED_BYTES) throw new RangeError("a seed has 32 bytes");
  const label = `seal|${bytesToHex(seed)}|`;
  let drawn = 0;
  return (length) => {
    if (length !== BLOCK_BYTES) throw new RangeError("a seed gives whole numbers only");
    const block = sha512(utf8ToBytes(label + String(drawn)));
    drawn += 1;
    return block;
  };
}
