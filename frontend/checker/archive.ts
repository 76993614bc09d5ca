/**
 * The archive, read as it comes: a chain of events, each behind the records it needs (PROTOCOL.md section 4).
 *
 * A stranger's file is hostile. Every byte of every frame is compared with the only one that may stand there, no more of
 * the file is held than one event with its records, and nothing larger than any honest record is taken at all.
 */

import { hex, textOf } from "./bytes.ts";
import { count, digest, members, parse, string } from "./json.ts";
import { Refusal, demand } from "./refusal.ts";
import { Sha256 } from "./sha256.ts";

/** How many records stand before each kind of event; the last of them is its payload. */
export const RECORDS = {
  Setup: 4,
  Ballot: 1,
  EndBallots: 0,
  EncryptedTally: 2,
  PartialDecryption: 2,
  Result: 1,
} as const;

export type Kind = keyof typeof RECORDS;

export interface Event {
  readonly kind: Kind;
  readonly records: readonly string[];
  /** The SHA-256 of each record, in hexadecimal. */
  readonly hashes: readonly string[];
  readonly hash: string;
  /** How many bytes of the file have been read so far. */
  readonly read: number;
}

const BLOCK = 512;
const LARGEST_RECORD = 64 * 1024 * 1024;
const MOST_RECORDS = 4;
/** The page reads these itself, and no honest one is half as large. */
const LARGEST_EVENT = 1024;
/** After so many bytes of one record the page draws itself and hears a press. */
const BREATH = 1024 * 1024;

/** What may follow what. */
const NEXT: Readonly<Record<Kind | "nothing", readonly Kind[]>> = {
  nothing: ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption", "Result"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

interface Member {
  readonly content: Uint8Array;
  readonly hash: string;
  readonly isEvent: boolean;
}

/** @throws Refusal where the file is no archive, breaks off, or a frame, name, link or order does not hold. */
export async function* readArchive(stream: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const source = new Source(stream);
  try {
    yield* events(source);
  } finally {
    await source.close();
  }
}

async function* events(source: Source): AsyncGenerator<Event> {
  const time = await readFirst(source);
  let [records, last, height]: [Member[], Event | undefined, number] = [[], undefined, 0];
  for (;;) {
    const member = await readMember(source, time);
    if (member === undefined) break;
    if (!member.isEvent) {
      records.push(member);
      demand(records.length <= MOST_RECORDS, "altered");
      continue;
    }
    last = link(member, records, last, height, source.position);
    yield last;
    [records, height] = [[], height + 1];
  }
  demand(records.length === 0 && last !== undefined, "cutOff");
}

function link(member: Member, before: readonly Member[], last: Event | undefined, height: number, read: number): Event {
  demand(member.content.length <= LARGEST_EVENT, "tooLarge");
  const [parent, ownHeight, type, payload] = members(parse(textOf(member.content)), "parent?", "height", "type", "payload?");
  const kind = string(type) as Kind;
  demand(Object.hasOwn(RECORDS, kind), "altered");
  demand(count(ownHeight) === height, "altered");
  demand((parent === undefined ? undefined : digest(parent)) === last?.hash, "altered");
  demand((payload === undefined ? undefined : digest(payload)) === before.at(-1)?.hash, "altered");
  demand(before.length === RECORDS[kind], "altered");
  demand(NEXT[last?.kind ?? "nothing"].includes(kind), "order");
  const hashes = before.map(({ hash }) => hash);
  return { kind, records: before.map(({ content }) => textOf(content)), hashes, hash: member.hash, read };
}

/** The first record says what the file is, and the one time that every frame repeats. */
async function readFirst(source: Source): Promise<number> {
  const head = await source.take(BLOCK);
  demand(head !== undefined && startsWith(head, "BELENIOS\0"), "notArchive");
  const content = await readContent(source, head);
  demand(content.length <= LARGEST_EVENT, "tooLarge");
  const [version, timestamp] = members(parse(textOf(content)), "version", "timestamp");
  const digits = typeof timestamp === "string" ? timestamp : String(count(timestamp));
  demand(count(version) === 1 && /^(0|[1-9][0-9]{0,10})$/.test(digits) && Number(digits) < 8 ** 11, "altered");
  demand(isSame(head, header("BELENIOS", content.length, Number(digits))), "altered");
  return Number(digits);
}

async function readMember(source: Source, time: number): Promise<Member | undefined> {
  const head = await source.take(BLOCK);
  if (head === undefined) return undefined;
  const content = await readContent(source, head);
  const hash = await hashOf(content);
  const isEvent = startsWith(head.subarray(hash.length), ".event.json\0");
  const name = `${hash}${isEvent ? ".event.json" : ".data.json"}`;
  demand(isSame(head, header(name, content.length, time)), "altered");
  return { content, hash, isEvent };
}

async function hashOf(content: Uint8Array): Promise<string> {
  const hash = new Sha256();
  for (let from = 0; from < content.length; from += BREATH) {
    hash.update(content.subarray(from, from + BREATH));
    if (content.length > BREATH) await new Promise((resolve) => setTimeout(resolve));
  }
  return hex(hash.digest());
}

async function readContent(source: Source, head: Uint8Array): Promise<Uint8Array> {
  const digits = String.fromCharCode(...head.subarray(124, 135));
  demand(/^[0-7]{11}$/.test(digits), "altered");
  const size = Number.parseInt(digits, 8);
  demand(size <= LARGEST_RECORD, "tooLarge");
  const padded = size === 0 ? new Uint8Array() : await source.take(Math.ceil(size / BLOCK) * BLOCK);
  if (padded === undefined) throw new Refusal("cutOff");
  demand(padded.subarray(size).every((byte) => byte === 0), "altered");
  return padded.subarray(0, size);
}

/** The only header that a record of this name, size and time may have. */
function header(name: string, size: number, time: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const write = (offset: number, text: string): void => {
    for (let i = 0; i < text.length; i += 1) block[offset + i] = text.charCodeAt(i);
  };
  const octal = (value: number, length: number): string => value.toString(8).padStart(length, "0");
  write(0, name);
  write(100, "0000644");
  write(108, "0000000");
  write(116, "0000000");
  write(124, octal(size, 11));
  write(136, octal(time, 11));
  write(148, " ".repeat(8));
  write(156, "0");
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 6)}\0 `);
  return block;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((character, i) => bytes[i] === character.charCodeAt(0));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** Bytes of a stream, as many at a time as are asked for. */
class Source {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #waiting: Uint8Array[] = [];
  #length = 0;
  position = 0;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }

  /** Exactly so many bytes, more than none; undefined at the end of the stream. */
  async take(length: number): Promise<Uint8Array | undefined> {
    while (this.#length < length) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      this.#waiting.push(value);
      this.#length += value.length;
    }
    if (this.#length === 0) return undefined;
    demand(this.#length >= length, "cutOff");
    this.position += length;
    this.#length -= length;
    return this.#cut(length);
  }

  #cut(length: number): Uint8Array {
    const found = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const first = this.#waiting[0]!;
      const part = first.subarray(0, length - filled);
      found.set(part, filled);
      filled += part.length;
      if (part.length === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(part.length);
    }
    return found;
  }
}
