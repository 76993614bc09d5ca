/** A check code waits on the reader's device for the second code, and not longer. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { memoryOf } from "../check/memory.ts";

const CODE = "A".repeat(43);

test("It is there until it is taken away or a quarter of an hour has passed, for its own election alone", () => {
  const values = new Map<string, string>();
  const kept = {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  };
  let time = 0;
  const waiting: (() => void)[] = [];
  const ground = { kept: () => kept, now: () => time, later: (act: () => void) => void waiting.push(act) };
  const memory = memoryOf("/a/check", ground);
  assert.equal(memory.read(), undefined);
  memory.keep(CODE);
  assert.equal(memory.read(), CODE);
  assert.equal(memoryOf("/b/check", ground).read(), undefined);
  time = 15 * 60_000;
  assert.equal(memory.read(), undefined);
  assert.equal(values.size, 0);
  memory.keep(CODE);
  time *= 2;
  waiting.at(-1)!();
  assert.equal(values.size, 0, "also where nobody asks for it");
  memory.keep(CODE);
  memory.keep(undefined);
  assert.equal(values.size, 0);
});

test("A browser that keeps nothing is no reason to stop", () => {
  const kept = (): never => {
    throw new Error("denied");
  };
  const memory = memoryOf("/a/check", { kept, now: () => 0, later: () => undefined });
  memory.keep(CODE);
  assert.equal(memory.read(), undefined);
});
