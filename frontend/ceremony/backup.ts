/**
 * What a member keeps on paper is her seed, covered by a passphrase that stands on no paper of hers (docs/adr/0038).
 *
 * covered = (seed + scrypt(passphrase)) mod 58^22, where a text of 22 signs of Base58 is read as a number. It has the form of a
 * seed again, so it tells nobody whether a passphrase is the right one; what does is the public key that the seed makes.
 */

import { scryptAsync } from "@noble/hashes/scrypt.js";

import { BASE58 } from "../protocol/index.ts";

/** Signs of a seed and of a covered one. */
export const SIGNS = 22;

/** How many seeds there are. */
export const SPACE: bigint = 58n ** BigInt(SIGNS);

/** A shorter passphrase is guessed too soon; four words of the house's list are always as long. */
export const SHORTEST = 14;

/** 64 MB and a fifth of a second of a laptop for each guess. */
const COST = { N: 2 ** 16, r: 8, p: 1, dkLen: 64 };

/** Whose sheet it is: a member's place in the ceremony of one election. */
export interface Place {
  readonly uuid: string;
  readonly position: number;
}

/** Told from time to time how much of the work is done, from 0 to 1. */
export type Told = (share: number) => void;

/** The signs that stand on the sheet. */
export async function cover(seed: string, passphrase: string, place: Place, told?: Told): Promise<string> {
  return signsOf((numberOf(seed) + (await stretch(passphrase, place, told))) % SPACE);
}

/** The seed that is under these signs if this is the passphrase; any other gives another seed. */
export async function uncover(signs: string, passphrase: string, place: Place, told?: Told): Promise<string> {
  return signsOf((numberOf(signs) + SPACE - (await stretch(passphrase, place, told))) % SPACE);
}

/** A passphrase as it is reckoned with: capitals, and how many spaces stand where, are no part of it. */
export function plain(passphrase: string): string {
  return passphrase.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");
}

/** Read 22 signs of Base58 as a number, the first sign first. */
export function numberOf(signs: string): bigint {
  return [...signs].reduce((number, sign) => number * 58n + BigInt(BASE58.indexOf(sign)), 0n);
}

/** Write a number below 58^22 as 22 signs. */
export function signsOf(number: bigint): string {
  let [rest, signs] = [number, ""];
  while (signs.length < SIGNS) {
    signs = `${BASE58[Number(rest % 58n)] ?? ""}${signs}`;
    rest /= 58n;
  }
  return signs;
}

async function stretch(passphrase: string, { uuid, position }: Place, told?: Told): Promise<bigint> {
  const salt = `votingapp backup|${uuid}|${position}`;
  const made = await scryptAsync(plain(passphrase), salt, told === undefined ? COST : { ...COST, onProgress: told });
  const digits = Array.from(made, (byte) => byte.toString(16).padStart(2, "0"));
  return BigInt(`0x${digits.join("")}`) % SPACE;
}
