import assert from "node:assert/strict";
import { test } from "node:test";

import { boxOf, moved } from "../photo/crop.ts";

test("the square lies where the town hall cuts it", () => {
  // The same figures as in tests/photo/test_photos.py.
  assert.deepEqual(boxOf({ x: 500, y: 500, size: 1000 }, 1600, 1200), { left: 200, top: 0, side: 1200 });
  assert.deepEqual(boxOf({ x: 0, y: 1000, size: 250 }, 1600, 1200), { left: 0, top: 900, side: 300 });
  assert.deepEqual(boxOf({ x: 333, y: 777, size: 617 }, 1599, 901), { left: 347, top: 268, side: 556 });
});

test("a square drawn by a finger stays inside the picture", () => {
  const from = { x: 500, y: 500, size: 500 };
  assert.deepEqual(moved(from, 1e6, -1e6, 1600, 1200), { x: 1000, y: 0, size: 500 });
  assert.deepEqual(moved(from, 100, 0, 1600, 1200), { x: 600, y: 500, size: 500 });
});

test("where there is no room the square stands still", () => {
  const from = { x: 500, y: 500, size: 1000 };
  assert.deepEqual(moved(from, 40, 40, 1200, 1200), from);
});
