/** What happened after the poll: the sum, its opening by those who hold the key, and the numbers (PROTOCOL.md section 12). */

import { hashHex } from "./bytes.ts";
import { ORDER, neutral } from "./curve.ts";
import type { Election } from "./election.ts";
import {
  BASE,
  NEUTRAL_TEXT,
  type Point,
  type Proof,
  addPoints,
  generated,
  hashed,
  isSame,
  multiplied,
  pointOrNeutral,
  pointUnchecked,
  proof,
  subtractPoint,
  textOfPoint,
  textsOf,
} from "./group.ts";
import { type Json, array, count, digest, members, parse } from "./json.ts";
import { because, demand } from "./refusal.ts";
import type { Circle } from "./trustees.ts";

/** Both halves of the ciphertext at each place of the ballot, as texts. */
export type SumTexts = readonly (readonly [string, string])[];

export function noSum(positions: number): SumTexts {
  return Array.from({ length: positions }, () => [NEUTRAL_TEXT, NEUTRAL_TEXT] as const);
}

/** Add sums up, place by place. They are of our own making, so that their points need not be judged again. */
export function addSums(sums: readonly SumTexts[]): SumTexts {
  const own = (text: string): Point => (text === NEUTRAL_TEXT ? neutral() : pointUnchecked(text));
  return sums[0]!.map((_, place) => {
    const half = (side: 0 | 1): Point => addPoints(...sums.map((sum) => own(sum[place]![side])));
    const [alpha, beta] = textsOf([half(0), half(1)]);
    return [alpha!, beta!] as const;
  });
}

/** The published sum and the record beside it must be these very texts. */
export function checkSum(own: SumTexts, ballots: number, records: readonly string[]): void {
  const [sum, sized] = records as [string, string];
  const entries = own.map(([alpha, beta]) => `{"alpha":"${alpha}","beta":"${beta}"}`);
  demand(sum === `[[${entries.join(",")}]]`, "sum");
  demand(sized === `{"num_tallied":${ballots},"total_weight":${ballots},"encrypted_tally":"${hashHex(sum)}"}`, "counted");
}

/** A hash, a small number and their names are less than half of it. */
const LARGEST_OWNED = 1024;

/** Who opened, by her number from 1; the record must name the opening that stands before it. */
export function readOwner(records: readonly string[]): number {
  const [opening, owned] = records as [string, string];
  demand(owned.length <= LARGEST_OWNED, "decryptionOwner");
  return because("decryptionOwner", () => {
    const [owner, payload] = members(parse(owned), "owner", "payload");
    demand(digest(payload) === hashHex(opening) && count(owner) > 0, "decryptionOwner");
    return count(owner);
  });
}

/** Check one member's part of the opening, and give her factors as texts. */
export function checkDecryption(election: Election, key: Point, own: SumTexts, source: string): readonly string[] {
  const { factors, texts, proofs } = because("decryption", () => readDecryption(source, own.length));
  const prefix = `decrypt|${election.fingerprint}|${textOfPoint(key)}|`;
  own.forEach(([alpha], place) => {
    const { challenge, response } = proofs[place]!;
    const first = multiplied(challenge, key);
    BASE.addTo(first, response);
    const second = addPoints(multiplied(response, pointOrNeutral(alpha)), multiplied(challenge, factors[place]!));
    demand(challenge === hashed(prefix + textsOf([first, second]).join(",")), "decryption");
  });
  return texts;
}

function readDecryption(
  source: string,
  positions: number,
): { readonly factors: readonly Point[]; readonly texts: readonly string[]; readonly proofs: readonly Proof[] } {
  const [factorRows, proofRows] = members(parse(source), "decryption_factors", "decryption_proofs");
  const texts = array(array(factorRows, 1)[0], positions);
  return {
    texts: texts as readonly string[],
    factors: texts.map(pointOrNeutral),
    proofs: array(array(proofRows, 1)[0], positions).map((entry: Json) => proof(entry)),
  };
}

/** Factors by the number of the member who made them. */
export type Opened = ReadonlyMap<number, readonly string[]>;

/**
 * Check the published numbers against the sum and what opens it, and give them, in the order of the ballot.
 *
 * Of each circle the first members who suffice are taken, each with her weight (Lagrange).
 */
export function checkResult(
  circles: readonly Circle[],
  own: SumTexts,
  ballots: number,
  opened: Opened,
  source: string,
): readonly number[] {
  const numbers = because("result", () => {
    const [rows] = members(parse(source), "result");
    return array(array(rows, 1)[0], own.length).map((entry) => count(entry));
  });
  const parts = weighted(circles, opened);
  own.forEach(([, beta], place) => {
    const factor = addPoints(...parts.map(([weight, texts]) => multiplied(weight, pointOrNeutral(texts[place]))));
    const found = subtractPoint(pointOrNeutral(beta), factor);
    demand(numbers[place]! <= ballots && isSame(found, generated(BigInt(numbers[place]!))), "result");
  });
  return numbers;
}

function weighted(circles: readonly Circle[], opened: Opened): readonly (readonly [bigint, readonly string[]])[] {
  let before = 0;
  return circles.flatMap(({ needed, keys }) => {
    const first = before;
    before += keys.length;
    const present = keys.map((_, i) => i + 1).filter((index) => opened.has(first + index));
    demand(present.length >= needed, "tooFewDecryptions");
    const chosen = present.slice(0, needed);
    return chosen.map((index) => [lagrange(index, chosen), opened.get(first + index)!] as const);
  });
}

/** The product of k / (k - j) over the others k, modulo the order. */
function lagrange(own: number, chosen: readonly number[]): bigint {
  let [above, below] = [1n, 1n];
  for (const other of chosen) {
    if (other === own) continue;
    above = (above * BigInt(other)) % ORDER;
    below = (below * (ORDER + BigInt(other - own))) % ORDER;
  }
  return (above * power(below, ORDER - 2n)) % ORDER;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % ORDER;
    square = (square * square) % ORDER;
  }
  return result;
}
