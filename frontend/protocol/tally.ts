/** When the urn is closed the ballots are added up, still sealed (section 12). */

import type { Ballot } from "./ballot.ts";
import { type Election, positions } from "./election.ts";
import { type Ciphertext, ciphertextJson, readCiphertext, sumCiphertexts } from "./elgamal.ts";
import { O } from "./group.ts";
import { shaHex } from "./hash.ts";
import { parse, serialize } from "./json.ts";
import { count, digest, list, members } from "./shape.ts";

/** One list per question, one ciphertext per position. */
export type EncryptedTally = readonly (readonly Ciphertext[])[];

/** How many ballots were added, and the hash of what they came to. */
export interface SizedTally {
  readonly counted: number;
  readonly weight: number;
  readonly hash: string;
}

/** The sum of no ballots. */
export function emptyTally(election: Election): EncryptedTally {
  const none: Ciphertext = { alpha: O, beta: O };
  return election.questions.map((question) => Array.from({ length: positions(question) }, () => none));
}

/** One more ballot added. The ballot was checked before, so its answers have the tally's shape. */
export function addBallot(tally: EncryptedTally, ballot: Ballot): EncryptedTally {
  return tally.map((row, i) =>
    row.map((sum, j) => sumCiphertexts([sum, ballot.answers[i]?.choices[j] as Ciphertext])),
  );
}

export function tallyText(tally: EncryptedTally): string {
  return serialize(tally.map((row) => row.map(ciphertextJson)));
}

export function readTally(source: string): EncryptedTally {
  return list(parse(source), "encrypted tally", (row) => list(row, "encrypted tally", readCiphertext));
}

/** The sized record of a tally of `counted` ballots, each of weight 1. */
export function sizedText(tally: EncryptedTally, counted: number): string {
  return serialize({ num_tallied: counted, total_weight: counted, encrypted_tally: shaHex(tallyText(tally)) });
}

export function readSized(source: string): SizedTally {
  const found = members(parse(source), "sized tally", ["num_tallied", "total_weight", "encrypted_tally"]);
  return {
    counted: count(found.num_tallied, "number of ballots"),
    weight: count(found.total_weight, "weight of ballots"),
    hash: digest(found.encrypted_tally, "encrypted tally"),
  };
}
