import assert from "node:assert/strict";
import { test } from "node:test";

import { BEGINNING, type State, type Step } from "../booth/state.ts";
import { type Press, Presses, SAME_PRESS_MS, SAME_PRESS_PX } from "../booth/views/presses.ts";

const at = (timeStamp: number, clientX = 100, detail = 1): Press => ({ timeStamp, clientX, clientY: 50, detail });
const on = (name: "sending" | "receipt" | "review"): State => ({ ...BEGINNING, step: { name } as Step });

test("The second press of two in one place is not taken for what the first one brought there", () => {
  const presses = new Presses();
  assert.equal(presses.isRepeated(at(0), on("review")), false);
  assert.equal(presses.isRepeated(at(200), on("receipt")), true);
  assert.equal(presses.isRepeated(at(200 + SAME_PRESS_MS - 1), on("receipt")), true, "nor a third one");
  assert.equal(presses.isRepeated(at(200 + 3 * SAME_PRESS_MS), on("receipt")), false, "but one after a while");
});

test("A dialog that closes or opens beneath a finger is another place, too", () => {
  const presses = new Presses();
  assert.equal(presses.isRepeated(at(0), { ...on("review"), pausing: true }), false);
  assert.equal(presses.isRepeated(at(100), on("review")), true);
});

test("Presses on one screen, in other places, and by keys are all taken", () => {
  const presses = new Presses();
  for (const time of [0, 100, 200]) assert.equal(presses.isRepeated(at(time), on("review")), false);
  assert.equal(presses.isRepeated(at(300, 100 + SAME_PRESS_PX), on("receipt")), false);
  assert.equal(presses.isRepeated(at(350, 100, 0), on("review")), false);
});

test("The second press of a mouse is the one that the browser counts", () => {
  const presses = new Presses();
  const mouse = (detail: number): Press => ({ ...at(10 * detail, 100, detail), pointerType: "mouse" });
  assert.deepEqual([presses.isRepeated(mouse(1), on("review")), presses.isRepeated(mouse(1), on("sending"))], [false, false]);
  assert.equal(presses.isRepeated(mouse(2), on("receipt")), true);
});
