/** Data from outside is taken only in the exact shape that PROTOCOL.md writes: these members, in this order. */

import { type Json, isArray } from "./json.ts";
import { demand } from "./refusal.ts";

type Optional<Name extends string> = Name extends `${infer Bare}?` ? Bare : never;
type Required<Name extends string> = Name extends `${string}?` ? never : Name;
export type Members<Name extends string> = { readonly [N in Required<Name>]: Json } & {
  readonly [N in Optional<Name>]?: Json;
};

/**
 * The members of an object, which must be `names` and nothing else, in that order.
 *
 * @param names a name ending in `?` may be absent.
 */
export function members<const Name extends string>(
  value: Json,
  what: string,
  names: readonly Name[],
): Members<Name> {
  const isObject = value !== null && typeof value === "object" && !isArray(value);
  demand(isObject, "Malformed", `${what} is not an object`);
  const found = Object.keys(value);
  let next = 0;
  for (const name of names) {
    if (name.endsWith("?") && found[next] !== name.slice(0, -1)) continue;
    demand(found[next] === name.replace("?", ""), "Malformed", `${what} has no member ${name} in its place`);
    next += 1;
  }
  demand(next === found.length, "Malformed", `${what} has an unknown or misplaced member`);
  return value as Members<Name>;
}

/** The elements of an array, each read by `read`. */
export function list<T>(value: Json, what: string, read: (element: Json) => T): readonly T[] {
  demand(isArray(value), "Malformed", `${what} is not a list`);
  return value.map((element) => read(element));
}

/** A string. */
export function text(value: Json, what: string): string {
  demand(typeof value === "string", "Malformed", `${what} is not text`);
  return value;
}

/** A whole number, zero or more, as a bare JSON number. */
export function count(value: Json, what: string): number {
  const fits = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  demand(fits, "Malformed", `${what} is not a whole number`);
  return value;
}

/** A hexadecimal SHA-256: 64 lower-case digits. */
export function digest(value: Json, what: string): string {
  const found = text(value, what);
  demand(/^[0-9a-f]{64}$/.test(found), "Malformed", `${what} is not a SHA-256`);
  return found;
}
