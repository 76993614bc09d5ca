/** What a desk is told is read with care, and its three answers can be told apart by ear. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { answerNamed, PATTERNS } from "../desk/sound.ts";
import { read } from "../desk/standing.ts";

const ORDINARY = { poll: "open", doors_shut: false, message: null, answered: [] };

test("an ordinary moment is read", () => {
  assert.deepEqual(read(ORDINARY), { poll: "open", doorsShut: false, message: undefined, answered: [] });
});

test("a message and answered cases are read", () => {
  const message = { id: "m", text: "Vent", sender: "Bo" };
  assert.deepEqual(read({ ...ORDINARY, message, answered: ["a", "b"] }), {
    poll: "open",
    doorsShut: false,
    message,
    answered: ["a", "b"],
  });
});

test("an answer that is not the house's is none: the desk is cut off", () => {
  for (const strange of [null, "ok", 1, [], {}, { ...ORDINARY, poll: 1 }, { ...ORDINARY, doors_shut: "no" }, { ...ORDINARY, answered: null }]) {
    assert.equal(read(strange), undefined);
  }
});

test("half a message is no message", () => {
  assert.equal(read({ ...ORDINARY, message: { id: "m", text: "Vent" } })?.message, undefined);
  assert.deepEqual(read({ ...ORDINARY, answered: ["a", 1] })?.answered, ["a"]);
});

test("three answers differ in number of tones, direction or roughness, and none is longer than a second", () => {
  const { good, warning, bad } = PATTERNS;
  const directions = [good, warning, bad].map((tones) => Math.sign(tones.at(-1)!.pitch - tones[0]!.pitch));
  assert.deepEqual(directions, [1, 0, -1]);
  assert.equal(new Set([good, warning, bad].map((tones) => tones[0]!.shape)).size, 3);
  for (const tones of [good, warning, bad]) assert.ok(tones.at(-1)!.at + tones.at(-1)!.length <= 1);
});

test("only the three answers sound", () => {
  assert.deepEqual(["good", "warning", "bad", "", "loud", undefined].map(answerNamed), ["good", "warning", "bad", undefined, undefined, undefined]);
});
