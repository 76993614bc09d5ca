/** A trustee opens the sum, and only the sum, and shows that she did it rightly (section 12). */

import type { Election } from "./election.ts";
import type { Ciphertext } from "./elgamal.ts";
import { G, type Point, mod, pointText, readPoint, times, timesPublic } from "./group.ts";
import { challenge, shaHex } from "./hash.ts";
import { parse, serialize } from "./json.ts";
import { type RandomBytes, drawScalar } from "./randomness.ts";
import { demand } from "./refusal.ts";
import { type Proof, proofJson, readProof } from "./schnorr.ts";
import { count, digest, list, members } from "./shape.ts";
import type { EncryptedTally } from "./tally.ts";

/** Decryption factors [x]alpha and their proofs, in the shape of the tally. */
export interface PartialDecryption {
  readonly factors: readonly (readonly Point[])[];
  readonly proofs: readonly (readonly Proof[])[];
}

/** Whose partial decryption it is: `owner` counts from 1 over all who hold a key. */
export interface OwnedRecord {
  readonly owner: number;
  readonly hash: string;
}

function label(election: Election, publicKey: Point): string {
  return `decrypt|${election.fingerprint}|${pointText(publicKey)}|`;
}

/** Decrypt with one trustee's secret key. */
export function decryptPartially(
  election: Election,
  tally: EncryptedTally,
  secret: bigint,
  random: RandomBytes,
): PartialDecryption {
  const prefix = label(election, times(G, secret));
  const prove = ({ alpha }: Ciphertext): Proof => {
    const nonce = drawScalar(random);
    const commitments = `${pointText(times(G, nonce))},${pointText(times(alpha, nonce))}`;
    const c = challenge(prefix + commitments);
    return { challenge: c, response: mod(nonce - secret * c) };
  };
  return {
    factors: tally.map((row) => row.map(({ alpha }) => times(alpha, secret))),
    proofs: tally.map((row) => row.map(prove)),
  };
}

/** Refuse a partial decryption unless every factor in it is proven with the owner's key. */
export function checkDecryption(
  election: Election,
  tally: EncryptedTally,
  publicKey: Point,
  { factors, proofs }: PartialDecryption,
): void {
  const rows = tally.map((row) => row.length).join();
  const fits = [factors, proofs].every((part) => part.map((row) => row.length).join() === rows);
  demand(fits, "InvalidDecryption", "a decryption of another tally");
  const prefix = label(election, publicKey);
  tally.forEach((row, i) => {
    row.forEach(({ alpha }, j) => {
      const holds = factorVerifies(prefix, publicKey, alpha, factors[i]?.[j] as Point, proofs[i]?.[j] as Proof);
      demand(holds, "InvalidDecryption", "a decryption factor that is not proven");
    });
  });
}

function factorVerifies(prefix: string, publicKey: Point, alpha: Point, factor: Point, proof: Proof): boolean {
  const { challenge: c, response: r } = proof;
  const first = timesPublic(G, r).add(timesPublic(publicKey, c));
  const second = timesPublic(alpha, r).add(timesPublic(factor, c));
  return c === challenge(`${prefix}${pointText(first)},${pointText(second)}`);
}

export function decryptionText({ factors, proofs }: PartialDecryption): string {
  return serialize({
    decryption_factors: factors.map((row) => row.map(pointText)),
    decryption_proofs: proofs.map((row) => row.map(proofJson)),
  });
}

export function readDecryption(source: string): PartialDecryption {
  const names = ["decryption_factors", "decryption_proofs"] as const;
  const found = members(parse(source), "partial decryption", names);
  return {
    factors: list(found.decryption_factors, "factors", (row) => list(row, "factors", readPoint)),
    proofs: list(found.decryption_proofs, "proofs", (row) => list(row, "proofs", readProof)),
  };
}

/** The record that says whose `decryption` this text is. */
export function ownedText(owner: number, decryption: string): string {
  return serialize({ owner, payload: shaHex(decryption) });
}

export function readOwned(source: string): OwnedRecord {
  const found = members(parse(source), "owned record", ["owner", "payload"]);
  return { owner: count(found.owner, "owner"), hash: digest(found.payload, "payload") };
}
