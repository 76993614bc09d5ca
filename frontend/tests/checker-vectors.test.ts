/** The checker says of every vector, good or bad, what it must. */

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { judgeBallot } from "../checker/ballot.ts";
import { readArchive } from "../checker/archive.ts";
import { base64OfHex } from "../checker/bytes.ts";
import { readElection } from "../checker/election.ts";
import { NEUTRAL_TEXT, generated, multiplied, point, pointOrNeutral, textOfPoint } from "../checker/group.ts";
import { type Step, type Verdict, checkChallenge, findBallot, poolHere, readOwnElection, verify } from "../checker/index.ts";
import { parse } from "../checker/json.ts";
import { Refusal } from "../checker/refusal.ts";
import { readTimestamp } from "../protocol/archive/reader.ts";
import { frame } from "../protocol/archive/tar.ts";
import { shaHex } from "../protocol/hash.ts";
import { commitBallot, deriveCredential, readElection as readSealed } from "../protocol/index.ts";
import { ELECTIONS, archive, bytes, line, lines, random, read } from "./vectors.ts";

declare const VECTORS: string;

async function verdict(file: Uint8Array, passed: Step[] = []): Promise<Verdict> {
  const watcher = { progress: () => undefined, passed: (step: Step) => void passed.push(step) };
  return verify(new Blob([file as Uint8Array<ArrayBuffer>]).stream(), poolHere(), watcher);
}

const NOBODY = { progress: () => undefined, passed: () => undefined };

function streamOf(file: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([file as Uint8Array<ArrayBuffer>]).stream();
}

function reasonOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return "none";
}

for (const name of ELECTIONS) {
  test(`${name} is accepted, with its counts, and every step is told`, async () => {
    const passed: Step[] = [];
    const found = await verdict(archive(name), passed);
    assert.equal(found.kind, "accepted");
    assert.deepEqual([found.found.counts], JSON.parse(line(name, "result.json")).result);
    assert.equal(found.found.ballots, 20);
    assert.equal(found.found.openings, name === "threshold-max1" ? 2 : 3);
    assert.deepEqual([...new Set(passed)], ["setup", "slips", "ballots", "sum", "opening", "result", "file"]);
  });
}

test("The forged archives are refused, each for what it is, and the ballot is named", async () => {
  const expected = {
    "overvote-complete": ["mark", 1],
    "stuffed-complete": ["signature", 21],
    "replay-before-tally": ["ballotTwice", 21],
    "dropped-ballots-complete": ["order", undefined],
  } as const;
  for (const [name, [reason, number]] of Object.entries(expected)) {
    const found = await verdict(bytes("negative", `${name}.bel`));
    assert.equal(found.kind, "refused");
    if (found.kind === "refused") assert.deepEqual([found.wrong.reason, found.wrong.ballot?.number], [reason, number]);
  }
});

test("Each single ballot of the negative set is judged as it must be", () => {
  const election = readElection(line("single-max1", "election.json"));
  for (const { name, expected, ballot } of lines("negative", "ballots.jsonl").map((one) => JSON.parse(one))) {
    const reason = reasonOf(() => judgeBallot(election, ballot));
    // Whose credential it is, is for whoever holds the list; this one is not signed by it either.
    assert.equal(reason === "none", expected === "ok", `${name}: ${reason}`);
  }
});

/** An archive up to and with its so many first events. */
function beginning(file: Uint8Array, events: number): Uint8Array {
  let offset = 0;
  for (let left = events; left > 0; ) {
    const name = new TextDecoder().decode(file.subarray(offset, offset + 99));
    const size = Number.parseInt(new TextDecoder().decode(file.subarray(offset + 124, offset + 135)), 8);
    offset += 512 + Math.ceil(size / 512) * 512;
    if (name.includes(".event.json")) left -= 1;
  }
  return file.slice(0, offset);
}

test("An archive that was cut is sound so far after an event, and refused in between; what is none is none", async () => {
  const begun = beginning(archive("single-max1"), 2);
  assert.equal((await verdict(begun)).kind, "soFar");
  const longer = new Uint8Array(begun.length + 1024);
  longer.set(begun);
  const changed = begun.slice();
  changed[begun.length - 600]! ^= 1;
  const cut = [0, 1, 511, 512, 512 * 3, begun.length - 1, begun.length - 512].map((length) => begun.subarray(0, length));
  for (const bad of [...cut, longer, changed, new Uint8Array(2048)]) assert.equal((await verdict(bad)).kind, "refused");
});

test("An event or header larger than an honest one is refused before the page reads it", async () => {
  const begun = beginning(archive("single-max1"), 1);
  const framed = (name: string, content: string): Uint8Array => frame({ name, content }, 1_795_309_388);
  const event = `{"height":1,"type":"EndBallots","${"x".repeat(2000)}":1}`;
  const time = readTimestamp(begun);
  const large = frame({ name: `${shaHex(event)}.event.json`, content: event }, time);
  const both = new Uint8Array(begun.length + large.length);
  both.set(begun);
  both.set(large, begun.length);
  for (const bad of [both, framed("BELENIOS", `{"version":1,"timestamp":"1"${" ".repeat(2000)}}`)]) {
    const found = await verdict(bad);
    assert.equal(found.kind === "refused" && found.wrong.reason, "tooLarge");
  }
});

test("A record that claims to be larger than any can be is not waited for", async () => {
  const huge = archive("single-max1").slice(0, 1536);
  const text = new TextEncoder().encode("77777777777");
  huge.set(text, 1024 + 124);
  const found = await verdict(huge);
  assert.equal(found.kind === "refused" && found.wrong.reason, "tooLarge");
});

test("JSON has one spelling", () => {
  for (const good of ['{"a":[1,"x",true,null]}', '"\\u0001\\u007f\\"\\\\\\n"', '"æ\u2028/<"', "0", "[]"]) parse(good);
  const bad = [
    ...[" 1", "1 ", "01", "-1", "1.0", "1e2", "{}{}", "[1,]", '{"a":1,"a":2}', '{"a":1,}', '"\\u0041"', '"\\/"', '"\\u000A"'],
    ...['"\\u000a"', '"\\ud800"', '"\n"', '"\u007f"', "'a'", "nul", "", "[", '"', "99999999999999999999", "[".repeat(20000)],
  ];
  for (const text of bad) assert.equal(reasonOf(() => parse(text)), "altered", text.slice(0, 20));
});

test("Points are those of the group, in one spelling", () => {
  const hex = (value: bigint): string => value.toString(16).padStart(64, "0");
  const p = 2n ** 255n - 19n;
  const orderEight = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7";
  const mixed = textOf(ed25519.Point.BASE.add(ed25519.Point.fromHex(reversed(orderEight))));
  for (const bad of [NEUTRAL_TEXT, orderEight, mixed, hex(p - 1n), hex(0n), hex(p), hex(p + 1n), hex(p + 4n), hex(1n + 2n ** 255n), hex(2n), "0", ""]) {
    assert.equal(reasonOf(() => point(bad)), "altered", bad);
  }
  for (let i = 0; i < 5; i += 1) {
    const n = BigInt(`0x${Buffer.from(random(31)).toString("hex")}`) + BigInt(i === 0 ? 0 : 1);
    const theirs = textOf(ed25519.Point.BASE.multiply(n));
    assert.equal(textOfPoint(generated(n)), theirs);
    assert.equal(textOfPoint(point(theirs)), theirs);
    assert.equal(textOfPoint(multiplied(7n, point(theirs))), textOf(ed25519.Point.BASE.multiply(n).multiply(7n)));
  }
  assert.equal(textOfPoint(pointOrNeutral(NEUTRAL_TEXT)), NEUTRAL_TEXT);
  assert.equal(textOfPoint(generated(0n)), NEUTRAL_TEXT);
});

function reversed(text: string): string {
  return (text.match(/../g) ?? []).reverse().join("");
}

function textOf(one: { toHex: () => string }): string {
  return reversed(one.toHex());
}

const CASES = readdirSync(join(VECTORS, "challenge")).filter((name) => name !== "refused.json" && name.endsWith(".json"));

test("An opened ballot shows whose vote it was, from our own text of the election", () => {
  for (const name of CASES) {
    const { election, public_credential, commitment, opening, names, blank } = JSON.parse(read("challenge", name));
    const found = checkChallenge(election, new Set([public_credential]), commitment, opening);
    assert.deepEqual(found, { kind: "holds", blank, names }, name);
    const unknown = checkChallenge(election, new Set(), commitment, opening);
    assert.deepEqual(unknown, { kind: "alarm", finding: "credential" });
  }
});

test("A ballot without a mark is not told as a blank one", () => {
  const { election: text, credential } = JSON.parse(read("challenge", "scripts.json"));
  const source = text.replace('"min":1', '"min":0');
  const election = readSealed(source);
  const none = election.questions[0]!.answers.map((): 0 => 0);
  for (const [marks, blank] of [[[0, ...none], false], [[1, ...none], true]] as const) {
    const { tracker, opening } = commitBallot(election, deriveCredential(election.uuid, credential), marks, random(32), random);
    assert.deepEqual(checkChallenge(source, undefined, tracker, opening), { kind: "holds", blank, names: [] });
  }
});

test("Every lie about a challenge has its finding", () => {
  for (const { name, finding, election, commitment, opening } of JSON.parse(read("challenge", "refused.json"))) {
    assert.deepEqual(checkChallenge(election, undefined, commitment, opening), { kind: "alarm", finding }, name);
  }
});

test("With another key, or with two names swapped, an honest opening is an alarm", () => {
  const { election, commitment, opening } = JSON.parse(read("challenge", "first.json"));
  const record = JSON.parse(election);
  const [{ answers, ...question }] = record.questions;
  const swapped = { ...record, questions: [{ answers: [answers[1], answers[0], ...answers.slice(2)], ...question }] };
  const rekeyed = { ...record, public_key: textOf(ed25519.Point.BASE) };
  for (const other of [swapped, rekeyed]) {
    const found = checkChallenge(JSON.stringify(other), undefined, commitment, opening);
    assert.deepEqual(found, { kind: "alarm", finding: "other_election" });
  }
});

test("A ballot on the list of opened ones is refused and named, and a list of another election proves nothing", async () => {
  const file = archive("single-max1");
  const { about } = await readOwnElection(streamOf(file), poolHere());
  const hashes: string[] = [];
  for await (const event of readArchive(streamOf(file))) if (event.kind === "Ballot") hashes.push(event.hashes[0]!);
  const listed = async (challenged: readonly unknown[], more = {}, events = 1): Promise<Verdict> => {
    const said = { election: about.uuid, fingerprint: about.fingerprint, challenged, ...more };
    return verify(streamOf(beginning(file, events)), poolHere(), NOBODY, `${JSON.stringify(said)}\n`);
  };

  const cast = await listed([hashes[1]], {}, 3);
  assert.ok(cast.kind === "refused" && cast.wrong.step === "ballots" && cast.wrong.reason === "openedCast");
  assert.deepEqual(cast.wrong.ballot, { number: 2, code: base64OfHex(hashes[1]!) });
  const others = ["00".repeat(32), "11".repeat(32)];
  assert.deepEqual([(await listed(others, {}, 2)).kind, (await listed(others)).found.opened, (await listed([])).found.opened], ["soFar", 2, 0]);
  assert.equal((await listed(others)).found.openedHash, shaHex(others.map((one) => `${one}\n`).join("")));
  for (const wrong of [
    await listed([...others].reverse()),
    await listed([others[0], others[0]]),
    await listed(["AA".repeat(32)]),
    await listed([1]),
    await listed([], { fingerprint: "another" }),
    await listed([], { more: 1 }),
  ]) {
    assert.ok(wrong.kind === "refused" && wrong.wrong.reason === "openedList");
  }
});

test("An opened ballot is looked for in the urn by its check code, once the poll is over", async () => {
  const file = archive("single-max1");
  const own = await readOwnElection(streamOf(file), poolHere());
  assert.deepEqual([own.hasUrn, (await readOwnElection(streamOf(beginning(file, 1)), poolHere())).hasUrn], [true, false]);
  const codes: string[] = [];
  for await (const event of readArchive(streamOf(file))) if (event.kind === "Ballot") codes.push(base64OfHex(event.hashes[0]!));
  assert.equal(await findBallot(streamOf(file), codes.at(-1)!), "cast");
  assert.equal(await findBallot(streamOf(file), "A".repeat(43)), "absent");
  assert.equal(await findBallot(streamOf(beginning(file, 3)), codes.at(-1)!), "open");
});
