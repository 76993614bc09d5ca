/** Bytes, and the texts that hashes are written in. */

import { Refusal } from "./refusal.ts";
import { sha256 } from "./sha256.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** @throws Refusal where the bytes are no UTF-8. A byte order mark is kept, and so stays a difference. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("altered");
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Base64 without the padding at its end. */
export function base64(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,6}/g) ?? []).map((six) => ALPHABET[Number.parseInt(six.padEnd(6, "0"), 2)]).join("");
}

/** The SHA-256 of a text, in hexadecimal: names in an archive, links. */
export function hashHex(text: string): string {
  return hex(sha256(bytesOf(text)));
}

/** The SHA-256 of a text in 43 characters: fingerprints, receipt codes. */
export function hashBase64(text: string): string {
  return base64(sha256(bytesOf(text)));
}

/** A hash that was written in hexadecimal, in the spelling of receipt codes. */
export function base64OfHex(text: string): string {
  return base64(Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}
