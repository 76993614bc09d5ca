import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import {
  type Election,
  type RandomBytes,
  checkBallot,
  commitBallot,
  deriveCredential,
  drawScalar,
  parse,
  pointText,
  readBallot,
  readElection,
  streamOf,
} from "../protocol/index.ts";
import { Q, mod } from "../protocol/group.ts";
import { hexToBytes } from "../protocol/hash.ts";
import { line, random, read } from "./vectors.ts";

declare const VECTORS: string;

interface Vector {
  readonly name: string;
  readonly election: string;
  readonly credential: string;
  readonly marks: readonly (0 | 1)[];
  readonly seed: string;
  readonly nonce: string;
  readonly first_draws: readonly string[];
  readonly draws: number;
  readonly ballot: string;
  readonly commitment: string;
  readonly opening: string;
}

const CASES = readdirSync(join(VECTORS, "challenge"))
  .filter((name) => name !== "refused.json")
  .map((name) => JSON.parse(read("challenge", name)) as Vector);

/** Gives these bytes once. */
function once(bytes: Uint8Array): RandomBytes {
  const left = [bytes];
  return (length) => {
    const given = left.pop();
    assert.equal(given?.length, length);
    return given!;
  };
}

function bytesOf(opening: string): Uint8Array {
  return new Uint8Array(Buffer.from(opening, "base64url"));
}

/** An opening's numbers, as anybody reads them. */
function numbersIn(opening: string): { readonly seed: Uint8Array; readonly c: bigint; readonly r: bigint } {
  const record = bytesOf(opening);
  const number = (from: number): bigint => BigInt(`0x${Buffer.from(record.slice(from, from + 32)).toString("hex")}`);
  return { seed: record.slice(65, 97), c: number(97), r: number(129) };
}

const single = (): Election => readElection(line("single-max1", "election.json"));

for (const vector of CASES) {
  test(`The ballot, commitment and opening of ${vector.name} are those of the vector`, () => {
    const election = readElection(vector.election);
    const credential = deriveCredential(election.uuid, vector.credential);
    const seed = hexToBytes(vector.seed);
    const made = commitBallot(election, credential, vector.marks, seed, once(hexToBytes(vector.nonce)));
    assert.deepEqual(made, { text: vector.ballot, tracker: vector.commitment, opening: vector.opening });
    const stream = streamOf(seed);
    assert.deepEqual(vector.first_draws.map(() => String(drawScalar(stream))), vector.first_draws);
    assert.ok(checkBallot(election, new Set([pointText(credential.publicKey)]), made.text));
  });
}

test("Equal seeds give equal answers and other signatures, and no number of the seed is the signature's nonce", () => {
  const election = single();
  const credential = deriveCredential(election.uuid, "4hsnJ-qpRGdg-JQzwf-bjfSRk");
  const seed = random(32);
  const marks = [0, 1, ...new Array<0>(14).fill(0)] as (0 | 1)[];
  const [one, other] = [0, 1].map(() => commitBallot(election, credential, marks, seed, random));
  const [first, second] = [one!, other!].map(({ text }) => readBallot(text));
  assert.deepEqual(parse(one!.text.split(',"signature"')[0] + "}"), parse(other!.text.split(',"signature"')[0] + "}"));
  assert.notEqual(first!.signature.proof.response, second!.signature.proof.response);
  // Whoever took a number of the seed for the nonce would get (w - r) / c, which is the slip's secret for none of them.
  const { c, r } = numbersIn(one!.opening);
  const stream = streamOf(numbersIn(one!.opening).seed);
  for (let k = 0; k < 200; k += 1) {
    assert.notEqual(mod(drawScalar(stream) - r), mod(credential.secret * c));
  }
});

test("Two ballots of one slip share no nonce, from which the secret could be reckoned", () => {
  const election = single();
  const credential = deriveCredential(election.uuid, "4hsnJ-qpRGdg-JQzwf-bjfSRk");
  const marks = [1, ...new Array<0>(15).fill(0)] as (0 | 1)[];
  const [one, other] = [0, 1].map(() => numbersIn(commitBallot(election, credential, marks, random(32), random).opening));
  assert.notEqual(mod(one!.r - other!.r), mod(credential.secret * mod(other!.c - one!.c)));
  assert.ok(one!.c < Q && one!.r < Q);
});

test("A seed of another length, and a draw of anything but a whole number, are refused", () => {
  assert.throws(() => streamOf(random(31)), RangeError);
  assert.throws(() => streamOf(random(32))(1), RangeError);
});
