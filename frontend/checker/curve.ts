/**
 * The curve of Ed25519: -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates (x = X/Z, y = Y/Z, T = XY/Z).
 *
 * FOR PUBLIC DATA ALONE, as field.ts says. The formulas of Hisil, Wong, Carter and Dawson (2008) hold for every two
 * points of this curve, equal ones, the neutral one and those of small order included: there is no special case.
 */

import {
  type Field,
  add,
  copy,
  fromBigInt,
  invert,
  isZero,
  multiply,
  rootPower,
  square,
  subtract,
  toBigInt,
  zero,
} from "./field.ts";

/** Never changed once another module holds it. */
export interface Point {
  readonly x: Field;
  readonly y: Field;
  readonly z: Field;
  readonly t: Field;
}

/** A point made ready to be added: Y + X, Y - X, 2dT, and 2Z, which is absent where Z is 1. */
export interface Addend {
  readonly plus: Field;
  readonly minus: Field;
  readonly t2d: Field;
  readonly z2?: Field;
}

type WholeAddend = Required<Addend>;

/** The prime order of the subgroup that everything lives in. */
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const ONE = fromBigInt(1n);
const D = zero();
multiply(D, fromBigInt(-121665n), invert(fromBigInt(121666n)));
const D2 = fromBigInt(2n * toBigInt(D));
/** A square root of -1: 2^((p - 1) / 4). */
const ROOT = rootPower(fromBigInt(2n));
square(ROOT, ROOT);
multiply(ROOT, ROOT, fromBigInt(2n));

/** A new point that stands for the neutral element, to be worked on. */
export function neutral(): Point {
  return { x: zero(), y: ONE.slice(), z: ONE.slice(), t: zero() };
}

export function clear(out: Point): void {
  copyPoint(out, NEUTRAL);
}

export function copyPoint(out: Point, from: Point): void {
  copy(out.x, from.x);
  copy(out.y, from.y);
  copy(out.z, from.z);
  copy(out.t, from.t);
}

/** An addend to be written to; whoever adds thousands of times makes it once, since making arrays is dear. */
export function blankAddend(): WholeAddend {
  return { plus: zero(), minus: zero(), t2d: zero(), z2: zero() };
}

export function toAddend(out: WholeAddend, { x, y, z, t }: Point): void {
  add(out.plus, y, x);
  subtract(out.minus, y, x);
  multiply(out.t2d, t, D2);
  add(out.z2, z, z);
}

/** An addend with Z = 1, so that adding it costs a multiplication less; many at once share their inversion. */
export function toThinAddends(points: readonly Point[]): readonly Addend[] {
  return toAffine(points).map(([x, y]) => {
    const made = { plus: zero(), minus: zero(), t2d: zero() };
    add(made.plus, y, x);
    subtract(made.minus, y, x);
    multiply(made.t2d, x, y);
    multiply(made.t2d, made.t2d, D2);
    return made;
  });
}

const NEUTRAL = neutral();
const A = zero(), B = zero(), C = zero(), E = zero(), F = zero(), G = zero(), H = zero(), Z = zero();

/** out = p + q; `out` may be `p`. */
export function plus(out: Point, p: Point, q: Addend): void {
  sum(p, q, q.minus, q.plus);
  subtract(F, Z, C);
  add(G, Z, C);
  finish(out);
}

/** out = p - q; `out` may be `p`. */
export function minus(out: Point, p: Point, q: Addend): void {
  sum(p, q, q.plus, q.minus);
  add(F, Z, C);
  subtract(G, Z, C);
  finish(out);
}

function sum(p: Point, q: Addend, less: Field, more: Field): void {
  subtract(A, p.y, p.x);
  multiply(A, A, less);
  add(B, p.y, p.x);
  multiply(B, B, more);
  multiply(C, p.t, q.t2d);
  if (q.z2 === undefined) add(Z, p.z, p.z);
  else multiply(Z, p.z, q.z2);
  subtract(E, B, A);
  add(H, B, A);
}

function finish(out: Point): void {
  multiply(out.x, E, F);
  multiply(out.y, G, H);
  multiply(out.t, E, H);
  multiply(out.z, F, G);
}

/** p = [2^times]p. */
export function double(p: Point, times: number): void {
  for (let left = times; left > 0; left -= 1) {
    square(A, p.x);
    square(B, p.y);
    square(C, p.z);
    add(C, C, C);
    add(E, p.x, p.y);
    square(E, E);
    add(H, A, B);
    subtract(E, E, H);
    subtract(G, B, A);
    subtract(F, G, C);
    multiply(p.x, E, F); // 3 times 4 reduced numbers: the edge of what field.ts allows
    subtract(H, ZERO, H);
    multiply(p.y, G, H);
    multiply(p.z, F, G);
    // The next doubling does not look at T.
    if (left === 1) multiply(p.t, E, H);
  }
}

const ZERO = zero();

/** x and y of many points, for the price of one inversion (Montgomery). */
export function toAffine(points: readonly Point[]): readonly (readonly [Field, Field])[] {
  const before: Field[] = [];
  const product = fromBigInt(1n);
  for (const { z } of points) {
    before.push(product.slice());
    multiply(product, product, z);
  }
  const inverse = invert(product);
  const found: (readonly [Field, Field])[] = new Array(points.length);
  for (let i = points.length - 1; i >= 0; i -= 1) {
    const { x, y, z } = points[i]!;
    const own = zero();
    multiply(own, inverse, before[i]!);
    multiply(inverse, inverse, z);
    const pair = [zero(), zero()] as const;
    multiply(pair[0], x, own);
    multiply(pair[1], y, own);
    found[i] = pair;
  }
  return found;
}

/** The point with this y, and an x that is odd or even as asked; undefined where the curve has none. */
export function withY(value: bigint, isOdd: boolean): Point | undefined {
  const y = fromBigInt(value);
  const [u, v, power, x] = [zero(), zero(), zero(), zero()] as const;
  square(u, y);
  multiply(v, u, D);
  subtract(u, u, ONE);
  add(v, v, ONE);
  // x = u v^3 (u v^7)^((p - 5) / 8), RFC 8032 section 5.1.3.
  square(power, v);
  multiply(power, power, v);
  multiply(x, power, u);
  square(power, power);
  multiply(power, power, v);
  multiply(power, power, u);
  multiply(x, x, rootPower(power));
  const [check, wrong] = [zero(), zero()] as const;
  square(check, x);
  multiply(check, check, v);
  subtract(wrong, check, u);
  if (!isZero(wrong)) {
    add(wrong, check, u);
    if (!isZero(wrong)) return undefined;
    multiply(x, x, ROOT);
  }
  const found = toBigInt(x);
  if (found === 0n && isOdd) return undefined;
  if ((found & 1n) !== (isOdd ? 1n : 0n)) subtract(x, ZERO, x);
  const t = zero();
  multiply(t, x, y);
  return { x, y, z: fromBigInt(1n), t };
}
