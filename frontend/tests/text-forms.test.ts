import assert from "node:assert/strict";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { G, O, Q, pointText, readKey, readPoint, readScalar, times } from "../protocol/group.ts";
import { challenge, shaBase64 } from "../protocol/hash.ts";
import { type Json, parse, serialize } from "../protocol/json.ts";
import { members } from "../protocol/shape.ts";
import { refused } from "./refused.ts";

test("The base point prints as 66…58 and the identity as 00…01", () => {
  assert.equal(pointText(G), `${"66".repeat(31)}58`);
  assert.equal(pointText(O), `${"00".repeat(31)}01`);
});

test("A point that is read and written keeps its text", () => {
  const text = pointText(times(G, 123456789n));
  assert.equal(pointText(readPoint(text)), text);
});

test("Points in another spelling, off the curve, not canonical or outside the subgroup are refused", () => {
  const good = pointText(times(G, 5n));
  const torsion = ed25519.Point.fromBytes(new Uint8Array(32)); // y = 0: a point of order four
  const mixed = G.add(torsion);
  const aboveP = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee"; // y = p + 1, the identity again
  const negativeZero = `80${"00".repeat(30)}01`; // x = -0
  const bad: readonly Json[] = [good.toUpperCase(), good.slice(2), `${good}00`, "", 5, null, pointText(torsion)];
  for (const value of [...bad, pointText(mixed), aboveP, negativeZero, `${"00".repeat(31)}02`]) {
    refused(() => readPoint(value), "InvalidPoint");
  }
});

test("The identity is a point, but nobody's key", () => {
  assert.ok(readPoint(pointText(O)).is0());
  refused(() => readKey(pointText(O)), "InvalidPoint");
});

test("A multiple by zero or of the identity is the identity", () => {
  assert.ok(times(G, 0n).is0() && times(G, Q).is0() && times(O, 7n).is0());
});

test("Numbers are decimal texts below q without leading zeros or signs", () => {
  assert.equal(readScalar("0"), 0n);
  assert.equal(readScalar(String(Q - 1n)), Q - 1n);
  for (const value of [String(Q), "00", "01", "-1", "+1", "0x10", "1e3", "", " 1", 1, null]) {
    refused(() => readScalar(value), "Malformed");
  }
});

test("A challenge is the whole SHA-256, big-endian, reduced", () => {
  const whole = BigInt("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(challenge("abc"), whole % Q);
  assert.equal(shaBase64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
});

test("Canonical text escapes control characters and 0x7f, and leaves æøå, U+2028 and emoji raw", () => {
  const text = "\"\\\b\t\n\f\r\x01\x1f\x7f/<\x85\u2028æøåÆØÅ🗳";
  const expected = '"\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f/<\x85\u2028æøåÆØÅ🗳"';
  assert.equal(serialize(text), expected);
  assert.equal(parse(expected), text);
});

test("JSON in any other spelling is refused", () => {
  const spelled = ['{"a": 1}', ' "a"', '"\\u0061"', '{"a":1,"a":1}', "1.0", "-0", "1e3", '"\\/"', '"\x7f"', "9007199254740993"];
  for (const text of spelled) refused(() => parse(text), "NonCanonical", "Malformed");
});

test("What is not JSON, or not text that UTF-8 can write, is refused", () => {
  for (const text of ["", "{", "nul", '"\\ud800"', '"a"b']) refused(() => parse(text), "Malformed");
});

test("An object needs its members, in their order, and no others", () => {
  const shape = ["a", "b?", "c"] as const;
  assert.deepEqual(Object.keys(members({ a: 1, c: 2 }, "x", shape)), ["a", "c"]);
  assert.deepEqual(Object.keys(members({ a: 1, b: 3, c: 2 }, "x", shape)), ["a", "b", "c"]);
  const wrong: readonly Json[] = [{ c: 2, a: 1 }, { a: 1 }, { a: 1, c: 2, d: 3 }, { a: 1, c: 2, b: 3 }, [], null, "a"];
  for (const value of wrong) refused(() => members(value, "x", shape), "Malformed");
});
