/** The archive is a row of named contents in the oldest tar form, so that any computer can open it (section 4). */

import { utf8ToBytes } from "../hash.ts";
import { Refusal, demand } from "../refusal.ts";

const BLOCK = 512;
/** Bytes of the largest content that is read: a hundred times the public list of a large council election. */
const LARGEST = 64 * 1024 * 1024;
const MODIFIED = { start: 136, length: 11 };

/** One content and its name. */
export interface Member {
  readonly name: string;
  readonly content: string;
}

/** Header, content and padding: whole blocks of 512 bytes. `modified` is in Unix seconds. */
export function frame({ name, content }: Member, modified: number): Uint8Array {
  const body = utf8ToBytes(content);
  const framed = new Uint8Array(BLOCK + Math.ceil(body.length / BLOCK) * BLOCK);
  framed.set(header(name, body.length, modified));
  framed.set(body, BLOCK);
  return framed;
}

/** The header: name, mode, owners, size, time, checksum and kind; everything else zero. */
function header(name: string, size: number, modified: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const write = (offset: number, text: string): void => block.set(utf8ToBytes(text), offset);
  demand(utf8ToBytes(name).length < 100, "Unreadable", "a name that is too long");
  write(0, name);
  write(100, "0000644");
  write(108, "0000000");
  write(116, "0000000");
  write(124, octal(size, 11));
  write(MODIFIED.start, octal(modified, MODIFIED.length));
  write(148, "        ");
  write(156, "0");
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 6)}\0 `);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/**
 * The members of an archive, one after the other.
 *
 * Each header is built again and compared in all its bytes, so there is nothing in an archive that was not read.
 */
export function* unframe(archive: Uint8Array): Generator<Member & { readonly modified: number }> {
  let offset = 0;
  while (offset < archive.length) {
    const head = archive.subarray(offset, offset + BLOCK);
    demand(head.length === BLOCK, "Unreadable", "the archive breaks off");
    const modified = readOctal(head, MODIFIED.start, MODIFIED.length);
    const size = readOctal(head, 124, 11);
    demand(size <= LARGEST, "Unreadable", "a record larger than any can be");
    const name = decode(head.subarray(0, head.indexOf(0)));
    const end = offset + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    demand(end <= archive.length, "Unreadable", "the archive breaks off");
    const content = decode(archive.subarray(offset + BLOCK, offset + BLOCK + size));
    const rebuilt = frame({ name, content }, modified);
    demand(equal(rebuilt, archive.subarray(offset, end)), "Unreadable", "a record in another frame");
    yield { name, content, modified };
    offset = end;
  }
}

function readOctal(head: Uint8Array, start: number, length: number): number {
  const digits = decode(head.subarray(start, start + length));
  demand(/^[0-7]+$/.test(digits), "Unreadable", "not an archive");
  return Number.parseInt(digits, 8);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("Unreadable", "not UTF-8");
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
