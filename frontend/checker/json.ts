/**
 * Reading JSON in its one canonical spelling alone (PROTOCOL.md section 3).
 *
 * The grammar itself knows no white space, no other escape than the one a character must have, and no number but a whole one, so
 * what was read need not be written again to be compared. Members keep their order, and a name stands once.
 */

import { Refusal, demand } from "./refusal.ts";

export type Json = string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;

/** So deep nests nothing in an archive: an array in an array in … is hostile. */
const DEEPEST = 16;
const SIMPLE = /[^"\\\u0000-\u001f\u007f]*/y;
const NUMBER = /0|[1-9][0-9]{0,15}/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', "\\": "\\", b: "\b", t: "\t", n: "\n", f: "\f", r: "\r",
};
const CODES = /u00([01][0-9a-f]|7f)/y;

/** @throws Refusal `altered` for every other spelling. */
export function parse(source: string): Json {
  const reader = new Reader(source);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #source: string;
  #place = 0;

  constructor(source: string) {
    this.#source = source;
  }

  end(): void {
    demand(this.#place === this.#source.length, "altered");
  }

  value(depth: number): Json {
    demand(depth <= DEEPEST, "altered");
    switch (this.#source[this.#place]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #word<T>(word: string, value: T): T {
    this.#take(word);
    return value;
  }

  #take(text: string): void {
    demand(this.#source.startsWith(text, this.#place), "altered");
    this.#place += text.length;
  }

  #ends(end: string): boolean {
    const isEnd = this.#source[this.#place] === end;
    if (isEnd) this.#place += 1;
    return isEnd;
  }

  #object(depth: number): ReadonlyMap<string, Json> {
    const found = new Map<string, Json>();
    this.#take("{");
    if (this.#ends("}")) return found;
    do {
      const name = this.#string();
      demand(!found.has(name), "altered");
      this.#take(":");
      found.set(name, this.value(depth + 1));
    } while (this.#ends(","));
    this.#take("}");
    return found;
  }

  #array(depth: number): readonly Json[] {
    const found: Json[] = [];
    this.#take("[");
    if (this.#ends("]")) return found;
    do found.push(this.value(depth + 1));
    while (this.#ends(","));
    this.#take("]");
    return found;
  }

  #number(): number {
    const value = Number(this.#match(NUMBER));
    demand(Number.isSafeInteger(value), "altered");
    return value;
  }

  #string(): string {
    this.#take('"');
    let text = this.#match(SIMPLE);
    while (!this.#ends('"')) {
      this.#take("\\");
      text += this.#escaped() + this.#match(SIMPLE);
    }
    return text;
  }

  #escaped(): string {
    const short = ESCAPES[this.#source[this.#place] ?? ""];
    if (short !== undefined) {
      this.#place += 1;
      return short;
    }
    const character = String.fromCharCode(Number.parseInt(this.#match(CODES).slice(1), 16));
    // What has a short escape has no long one.
    demand(!"\b\t\n\f\r".includes(character), "altered");
    return character;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#place;
    const found = pattern.exec(this.#source);
    if (found === null) throw new Refusal("altered");
    this.#place += found[0].length;
    return found[0];
  }
}

/** A text in its canonical spelling, with its quotation marks. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

/** The values of an object that has these members and no others, in this order; a name with `?` may be missing. */
export function members(value: Json | undefined, ...names: readonly string[]): readonly (Json | undefined)[] {
  demand(value instanceof Map, "altered");
  const present = names.filter((name) => !name.endsWith("?") || value.has(name.slice(0, -1)));
  const found = [...value.keys()];
  demand(found.length === present.length, "altered");
  demand(present.every((name, i) => name.replace("?", "") === found[i]), "altered");
  return names.map((name) => value.get(name.replace("?", "")));
}

/** An array, of exactly so many entries where a number is given. */
export function array(value: Json | undefined, length?: number): readonly Json[] {
  demand(Array.isArray(value) && (length === undefined || value.length === length), "altered");
  return value as readonly Json[];
}

export function string(value: Json | undefined): string {
  demand(typeof value === "string", "altered");
  return value;
}

/** A whole number from 0. */
export function count(value: Json | undefined): number {
  demand(typeof value === "number", "altered");
  return value;
}

/** A SHA-256 in hexadecimal. */
export function digest(value: Json | undefined): string {
  const text = string(value);
  demand(/^[0-9a-f]{64}$/.test(text), "altered");
  return text;
}
