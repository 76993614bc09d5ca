/** A pack of recordings as `votingapp/recordings/pack.py` writes it, read only where it has the hash that the election names. */

import { shaHex } from "../../protocol/index.ts";

/** What the election says of a pack: the code of a language or "names", SHA-256 in hex, and bytes. */
export interface Recording {
  readonly language: string;
  readonly sha256: string;
  readonly size: number;
}

/** One clip: `key` tells which, `sound` is its MP3. */
export interface Clip {
  readonly key: string;
  readonly sound: Blob;
}

/** The clips of a pack by the text that stands on the screen when each is played. */
export type Pack = ReadonlyMap<string, Clip>;

/** The pack of what is Danish in every language. */
export const NAMES = "names";

const LENGTH_BYTES = 4;
const LARGEST = 25_000_000;

/** Raised for bytes that are not what the election names. */
export class UnfitPack extends Error {}

type Row = readonly [key: string, text: string, start: number, length: number];

/** Read a pack. Throws UnfitPack where a byte of it is another than the election says. */
export function readPack(bytes: Uint8Array<ArrayBuffer>, { sha256, size }: Recording): Pack {
  if (bytes.length !== size || shaHex(bytes) !== sha256) throw new UnfitPack("another pack than the election names");
  const end = LENGTH_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const rows = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end))) as readonly Row[];
  // One Blob, so that a browser may keep it elsewhere than in its memory; a clip is a view of it.
  const sounds = new Blob([bytes.subarray(end)]);
  return new Map(rows.map(([key, text, start, length]) => [text, { key, sound: sounds.slice(start, start + length, "audio/mpeg") }]));
}

/** What `election.json` says of recordings. Whatever cannot be read is left out: a tablet votes without sound. */
export function readRecordings(json: unknown): readonly Recording[] {
  if (!Array.isArray(json)) return [];
  return (json as readonly Partial<Recording>[]).flatMap(({ language, sha256, size }) => {
    if (typeof language !== "string" || typeof sha256 !== "string" || typeof size !== "number") return [];
    return /^[0-9a-f]{64}$/.test(sha256) && size <= LARGEST ? [{ language, sha256, size }] : [];
  });
}
