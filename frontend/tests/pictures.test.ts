/** What is asked for depends on who stands, and never on whom a voter looks at. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Candidate } from "../booth/offering.ts";
import { FETCH_AGAIN_MS, Pictures } from "../booth/pictures.ts";

const standing = (...photos: readonly (string | null)[]): readonly Candidate[] =>
  photos.map((photo, i) => ({ number: i + 1, name: `Nr. ${i + 1}`, line: null, photo }));

/** Let everything go on that waits for nothing but its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("Every picture is asked for once, in the order of the ballot, and shown from then on", async () => {
  const [asked, came]: [string[], string[]] = [[], []];
  const pictures = new Pictures({
    fetch: async (address) => {
      asked.push(address);
      return `data:${address}`;
    },
    came: (address) => came.push(address),
    wait: () => assert.fail("nothing is missing"),
  });
  const candidates = standing("/2.jpg", "/figure.svg", null, "/1.jpg", "/figure.svg", "data:image/gif;base64,");
  pictures.offer(undefined);
  pictures.offer(candidates);
  await turn();
  pictures.offer(candidates);
  pictures.offer([...candidates]);
  await turn();
  assert.deepEqual(asked, ["/2.jpg", "/figure.svg", "/1.jpg"]);
  assert.deepEqual(came, asked);
  assert.deepEqual([pictures.of("/1.jpg"), pictures.of("/3.jpg")], ["data:/1.jpg", undefined]);
  assert.equal(pictures.of("data:image/gif;base64,"), "data:image/gif;base64,");
});

test("One that does not come keeps no other from coming, and is asked for again by the clock alone", async () => {
  const asked: string[] = [];
  let isCut = true;
  let ring = (): void => assert.fail("nobody waits");
  const pictures = new Pictures({
    fetch: async (address) => {
      asked.push(address);
      if (isCut && address === "/2.jpg") throw new Error("out of reach");
      return "data:";
    },
    came: () => undefined,
    wait: (milliseconds) => {
      assert.equal(milliseconds, FETCH_AGAIN_MS);
      return new Promise((resolve) => (ring = resolve));
    },
  });
  const candidates = standing("/1.jpg", "/2.jpg", "/3.jpg");
  pictures.offer(candidates);
  await turn();
  assert.deepEqual(asked, ["/1.jpg", "/2.jpg", "/3.jpg"]);
  assert.equal(pictures.of("/2.jpg"), undefined);
  pictures.offer([...candidates]);
  await turn();
  isCut = false;
  assert.equal(asked.length, 3, "neither a look nor another voter asks");
  ring();
  await turn();
  assert.deepEqual(asked.slice(3), ["/2.jpg"]);
  assert.equal(pictures.of("/2.jpg"), "data:");
});
