/** The checker's own arithmetic is BigInt's, also where a limb is as large as it may be. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";

import { ORDER } from "../checker/curve.ts";
import { type Field, P, carry, fromBigInt, invert, multiply, rootPower, square, toBigInt, zero } from "../checker/field.ts";
import { digits } from "../checker/multiples.ts";
import { Sha256, sha256 } from "../checker/sha256.ts";
import { sha512 } from "../checker/sha512.ts";

const drawn = (): bigint => BigInt(`0x${randomBytes(32).toString("hex")}`);
const EDGES = [0n, 1n, 2n, 19n, P - 1n, P - 2n, P - 19n, P, P + 1n, 2n ** 255n - 1n, 2n ** 254n, (P - 1n) / 2n, (P + 1n) / 2n];
const VALUES = [...EDGES, ...Array.from({ length: 30 }, drawn)];
const mod = (value: bigint): bigint => ((value % P) + P) % P;

/** What a field element stands for, before it is reduced. */
const whole = (field: Field): bigint => field.reduce((sum, limb) => sum + BigInt(limb), 0n);

test("Numbers go in and come out, reduced", () => {
  for (const value of VALUES) assert.equal(toBigInt(fromBigInt(value)), mod(value));
});

test("Products, squares, inverses and powers are those of BigInt", () => {
  for (const a of VALUES) {
    const [x, out] = [fromBigInt(a), zero()];
    square(out, x);
    assert.equal(toBigInt(out), mod(a * a));
    multiply(out, x, invert(x));
    assert.equal(toBigInt(out), mod(a) === 0n ? 0n : 1n);
    for (const b of VALUES) {
      multiply(out, x, fromBigInt(b));
      assert.equal(toBigInt(out), mod(a * b));
    }
  }
  const root = rootPower(fromBigInt(2n));
  let power = 1n;
  for (let i = 0n, exponent = (P - 5n) / 8n, base = 2n; exponent >> i > 0n; i += 1n, base = mod(base * base)) {
    if ((exponent >> i) & 1n) power = mod(power * base);
  }
  assert.equal(toBigInt(root), power);
});

/** Every limb at the edge of what a reduced number may have, with signs as the bits of `signs` say, `times` over. */
function edge(signs: number, times: number): Field {
  const field = zero();
  for (let i = 0; i < field.length; i += 1) {
    // A little more than half of the next unit: 1.03 of it, rounded to this limb's own unit.
    const unit = 2 ** Math.ceil(21.25 * i);
    const half = 2 ** (Math.ceil(21.25 * (i + 1)) - 1);
    field[i] = Math.round((1.03 * half) / unit) * unit * times * ((signs >> i) & 1 ? -1 : 1);
  }
  return field;
}

test("Sums of reduced numbers multiply without a rounding error, as far as the formulas of the curve go", () => {
  const out = zero();
  for (const [m, n] of [[1, 1], [2, 2], [3, 3], [3, 4], [4, 3], [2, 6], [1, 12]] as const) {
    for (const signs of [0, 0xfff, 0x555, 0xaaa, 0x333, 0xf0f, ...Array.from({ length: 20 }, () => randomBytes(2)[0]! * 16)]) {
      const [a, b] = [edge(signs, m), edge(signs ^ 0x00f, n)];
      for (const other of [b, edge(signs, n)]) {
        multiply(out, a, other);
        assert.equal(toBigInt(out), mod(whole(a) * whole(other)));
        assert.ok(isReduced(out));
      }
      if (m > 3) continue;
      square(out, a);
      assert.equal(toBigInt(out), mod(whole(a) * whole(a)));
      assert.ok(isReduced(out));
    }
  }
});

/** Whether no limb is more than 1.03 halves of the next unit. */
function isReduced(field: Field): boolean {
  return field.every((limb, i) => Math.abs(limb) <= 1.03 * 2 ** (Math.ceil(21.25 * (i + 1)) - 1));
}

test("Carrying changes the spelling and not the number", () => {
  for (const times of [1, 2, 4, 100]) {
    const field = edge(0x5a5, times);
    const before = mod(whole(field));
    carry(field);
    assert.equal(toBigInt(field), before);
    assert.ok(isReduced(field));
  }
});

test("The digits of a number add up to it", () => {
  for (const number of [0n, 1n, 7n, 8n, 9n, ORDER - 1n, ORDER, 2n ** 252n, ...VALUES.map((value) => value % ORDER)]) {
    for (const width of [4, 6]) {
      const found = digits(number, width);
      const sum = found.reduce((total, digit, i) => total + (BigInt(digit) << BigInt(i * width)), 0n);
      assert.equal(sum, number);
      assert.ok(found.every((digit) => Math.abs(digit) <= 2 ** (width - 1)));
    }
  }
});

test("Hashes of every length around the blocks are those of node", () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 111, 112, 113, 119, 120, 127, 128, 129, 1000]) {
    const message = new Uint8Array(randomBytes(length));
    assert.deepEqual([...sha256(message)], [...createHash("sha256").update(message).digest()]);
    const text = "x".repeat(length);
    assert.equal(sha512(text), BigInt(`0x${createHash("sha512").update(text).digest("hex")}`));
  }
  const pieces = new Uint8Array(randomBytes(500));
  for (const cut of [1, 63, 64, 65, 200]) {
    const hash = new Sha256();
    for (let from = 0; from < pieces.length; from += cut) hash.update(pieces.subarray(from, from + cut));
    assert.deepEqual([...hash.digest()], [...createHash("sha256").update(pieces).digest()]);
  }
  // A view into a larger buffer is hashed as what it shows.
  const larger = new Uint8Array(randomBytes(300));
  assert.deepEqual([...sha256(larger.subarray(7, 211))], [...createHash("sha256").update(larger.subarray(7, 211)).digest()]);
});
