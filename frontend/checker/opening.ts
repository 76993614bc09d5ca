/** What the two codes of a challenge hold (docs/challenge.md): the commitment to a ballot, and what opens it. */

import { hex } from "./bytes.ts";
import { ORDER } from "./curve.ts";
import { demand } from "./refusal.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SHORTEST = 216;
/** No ballot has as many candidates as such a code would be for. */
const LONGEST = 4096;
const MARKS = 161;

export interface Opening {
  /** Of the election, in hexadecimal. */
  readonly fingerprint: string;
  /** str(X). */
  readonly credential: string;
  readonly seed: string;
  readonly challenge: bigint;
  readonly response: bigint;
  /** Bit by bit, the spare ones at the end included. */
  readonly bits: readonly number[];
}

/** Which of the two a scanned or typed text is, with the address before it taken away. */
export function kindOf(text: string): { readonly kind: "commitment" | "opening" | "neither"; readonly code: string } {
  const code = text.trim().slice(text.trim().indexOf("#") + 1);
  if (/^[A-Za-z0-9+/]{43}$/.test(code)) return { kind: "commitment", code };
  const isOpening = code.length >= SHORTEST && code.length <= LONGEST && /^[A-Za-z0-9_-]+$/.test(code);
  return { kind: isOpening ? "opening" : "neither", code };
}

/** Read an opening. @throws Refusal `altered` for any other spelling. */
export function readOpening(text: string): Opening {
  demand(kindOf(text).kind === "opening" && !text.includes("#"), "altered");
  const bytes = decode(text);
  demand(bytes.length > MARKS && bytes[0] === 1, "altered");
  const part = (from: number, to: number): string => hex(bytes.subarray(from, to));
  const [challenge, response] = [BigInt(`0x${part(97, 129)}`), BigInt(`0x${part(129, MARKS)}`)];
  demand(challenge < ORDER && response < ORDER, "altered");
  const bits = [...bytes.subarray(MARKS)].flatMap((byte) => [...byte.toString(2).padStart(8, "0")].map(Number));
  return { fingerprint: part(1, 33), credential: part(33, 65), seed: part(65, 97), challenge, response, bits };
}

/** Base64 of addresses, without padding, and with its spare bits zero. */
function decode(text: string): Uint8Array {
  const bits = [...text].map((character) => ALPHABET.indexOf(character).toString(2).padStart(6, "0")).join("");
  const whole = bits.length - (bits.length % 8);
  demand(text.length % 4 !== 1 && !bits.slice(whole).includes("1"), "altered");
  return Uint8Array.from(bits.slice(0, whole).match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
