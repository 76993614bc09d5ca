/** A key holder's page and the checker speak by messages alone: here both ends are held together. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type Checker, checked } from "../ceremony/checked.ts";
import { attend } from "../checker/attend.ts";
import { poolHere } from "../checker/index.ts";
import { readArchive } from "../protocol/index.ts";
import { shaHex } from "../protocol/hash.ts";
import { archive, bytes } from "./vectors.ts";

/** A worker as the browser has it: what is said is copied, and comes later. */
class Between implements Checker {
  onmessage: Checker["onmessage"] = null;
  onerror: Checker["onerror"] = null;
  isOver = false;
  readonly answers: unknown[] = [];
  readonly #inside: { onmessage: ((event: { data: Blob }) => void) | null; postMessage: (answer: object) => void };

  constructor(spoil: (answer: object) => unknown = (answer) => answer) {
    this.#inside = {
      onmessage: null,
      postMessage: (answer) => {
        const copy = structuredClone(spoil(answer));
        this.answers.push(copy);
        setTimeout(() => this.onmessage?.({ data: copy }));
      },
    };
    attend(this.#inside, async () => poolHere());
  }

  postMessage(asked: Blob): void {
    setTimeout(() => this.#inside.onmessage?.({ data: asked }));
  }

  terminate(): void {
    this.isOver = true;
  }
}

/** Everything of an archive up to the end of an event. */
function upTo(whole: Uint8Array, kind: string): Uint8Array {
  const last = [...readArchive(whole)].find(({ type }) => type === kind)!;
  const name = new TextEncoder().encode(`${last.hash}.event.json`);
  const at = whole.findIndex((_, i) => i % 512 === 0 && name.every((byte, j) => whole[i + j] === byte));
  return whole.slice(0, at + 1024);
}

test("An urn that waits to be opened is checked by the other program, and the page learns which bytes it checked", async () => {
  const urn = upTo(archive("threshold-max1"), "EncryptedTally");
  const told: number[] = [];
  const between = new Between();
  const sound = await checked(() => between, urn, (ballots) => told.push(ballots));
  assert.deepEqual(sound, { ballots: 20, lastEvent: "EncryptedTally" });
  assert.equal(told.at(-1), 20);
  assert.deepEqual(between.answers.at(-1), { sound: true, ballots: 20, lastKind: "EncryptedTally", sha256: shaHex(urn) });
  assert.ok(between.isOver, "its workers end with it");
});

test("An urn that does not hold is refused, with the ballot that is wrong", async () => {
  for (const [name, reason] of [
    ["overvote-complete", "mark"],
    ["dropped-ballots-complete", "order"],
  ] as const) {
    const between = new Between();
    const asked = checked(() => between, bytes("negative", `${name}.bel`), () => undefined);
    await assert.rejects(asked, (error: Error) => error.name === "Refusal" && error.message.includes(reason), name);
    assert.ok(between.isOver);
  }
});

test("An answer about other bytes, half an answer and a checker that fails open nothing", async () => {
  const urn = upTo(archive("threshold-max1"), "Setup");
  const other = { sha256: shaHex("another archive") };
  for (const spoil of [
    (answer: object) => ({ ...answer, ...("sound" in answer && other) }),
    (answer: object) => ({ ...answer, ...("sound" in answer && { sound: "yes" }) }),
    (answer: object) => ({ ...answer, ...("sound" in answer && { ballots: null }) }),
    (answer: object) => ("sound" in answer ? { failed: "out of memory" } : answer),
  ]) {
    await assert.rejects(checked(() => new Between(spoil), urn, () => undefined));
  }
  const silent = { ...new Between(), postMessage: () => undefined, terminate: () => undefined } as Checker;
  const asked = checked(() => silent, urn, () => undefined);
  setTimeout(() => silent.onerror?.({ message: "no such file" }));
  await assert.rejects(asked, /did not begin/);
});
