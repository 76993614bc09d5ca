/** What is signed and hashed has one spelling only: canonical JSON (PROTOCOL.md section 3). */

import { Refusal, demand } from "./refusal.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** A string in quotes. JSON.stringify escapes as PROTOCOL.md asks, except that it leaves 0x7f raw. */
function quote(text: string): string {
  demand(!LONE_SURROGATE.test(text), "Malformed", "text that UTF-8 cannot write");
  return JSON.stringify(text).replaceAll("\x7f", "\\u007f");
}

/** The canonical text of a value; members come out in the order they were put in. */
export function serialize(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") {
    demand(Number.isSafeInteger(value), "Malformed", "a number that is not a whole number");
    return String(value);
  }
  if (isArray(value)) return `[${value.map(serialize).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).map(([name, member]) => `${quote(name)}:${serialize(member)}`);
    return `{${members.join(",")}}`;
  }
  return String(value);
}

/**
 * Read a text that must be canonical JSON.
 *
 * Writing it again shows whether it was: spaces, other escapes, doubled members, `1.0` or `-0` all come
 * out differently, and so does a number too large to be read exactly.
 */
export function parse(text: string): Json {
  const { value, written } = readAndWrite(text);
  demand(written === text, "NonCanonical", "JSON in another spelling than the canonical one");
  return value;
}

function readAndWrite(text: string): { readonly value: Json; readonly written: string } {
  try {
    const value = JSON.parse(text) as Json;
    return { value, written: serialize(value) };
  } catch (error) {
    // Besides broken JSON: nesting so deep that it cannot be followed.
    throw error instanceof Refusal ? error : new Refusal("Malformed", "not JSON that the protocol can read");
  }
}

/** Array.isArray, told in a way that keeps the element type of a read-only array. */
export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
