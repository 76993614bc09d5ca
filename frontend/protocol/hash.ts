/** Every promise of the protocol hangs on SHA-256, written in hexadecimal, in Base64, or as a number (section 1). */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { Q } from "./group.ts";

export { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA(s): 32 bytes; a string is hashed as its UTF-8 bytes. */
export function sha(content: string | Uint8Array): Uint8Array {
  return sha256(typeof content === "string" ? utf8ToBytes(content) : content);
}

/** SHA(s) as 64 lower-case hexadecimal digits. */
export function shaHex(content: string | Uint8Array): string {
  return bytesToHex(sha(content));
}

/** SHA(s) in standard Base64 without padding, 43 characters: fingerprints and trackers. */
export function shaBase64(content: string | Uint8Array): string {
  return btoa(String.fromCharCode(...sha(content))).replace(/=+$/, "");
}

/** H(s): SHA(s) as a big-endian number mod q, the challenge of every proof. */
export function challenge(content: string): bigint {
  return BigInt(`0x${shaHex(content)}`) % Q;
}
