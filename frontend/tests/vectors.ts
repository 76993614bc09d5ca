/** The elections made with the original program, as the tests read them. */

import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { RandomBytes } from "../protocol/index.ts";

declare const VECTORS: string;

export const ELECTIONS = ["single-max1", "single-max5", "threshold-max1"] as const;

/** Randomness for tests, from node itself, since an old node has no global `crypto`. */
export const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

export function read(...path: string[]): string {
  return readFileSync(join(VECTORS, ...path), "utf8");
}

/** A file of one line, without its final newline. */
export function line(...path: string[]): string {
  return read(...path).trimEnd();
}

export function lines(...path: string[]): readonly string[] {
  return line(...path).split("\n");
}

export function bytes(...path: string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(VECTORS, ...path)));
}

/** The only file in a folder with this ending. */
export function named(folder: string, ending: string): string {
  const found = readdirSync(join(VECTORS, folder)).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`${folder} has no ${ending}`);
  return found;
}

export function archive(folder: string): Uint8Array {
  return bytes(folder, named(folder, ".bel"));
}

/** The members of a threshold set-up by their labels, in order. */
export const MEMBERS: readonly string[] = lines("threshold-max1", "trustee_ids.txt");
