/**
 * The numbers modulo p = 2^255 - 19, in which the points of the curve have their coordinates.
 *
 * FOR PUBLIC DATA ALONE: nothing here takes constant time. Who seals or signs must not use it.
 *
 * A number is twelve doubles that are added up. Each carries its own weight: limb i is a multiple of 2^W(i) with
 * W(i) = ceil(21.25 i), that is 0, 22, 43, 64, 85, ... 234, and when reduced at most a little more than half of 2^W(i+1).
 * So the product of limbs i and j is a multiple of 2^W(i+j), and a sum of twelve such products is exact: a double holds 53 bits.
 *
 * What may be multiplied without `carry` in between: sums of m reduced numbers with sums of n, as long as m n <= 12. The tests
 * take every limb to that edge and compare with BigInt.
 */

export type Field = Float64Array;

export const P = 2n ** 255n - 19n;
const LIMBS = 12;
/** 2^W(i), and behind the last limb 2^255. */
const UNIT: readonly number[] = Array.from({ length: LIMBS + 1 }, (_, i) => 2 ** Math.ceil(21.25 * i));
/** What lies above 2^255 comes back multiplied by 19. */
const FOLD = 19 * 2 ** -255;

/** A double that lost all bits below the next limb's unit by being added to this: it rounds to nearest. */
const rounding = (limb: number): number => 3 * 2 ** 51 * UNIT[limb + 1]!;
const R0 = rounding(0), R1 = rounding(1), R2 = rounding(2), R3 = rounding(3), R4 = rounding(4), R5 = rounding(5);
const R6 = rounding(6), R7 = rounding(7), R8 = rounding(8), R9 = rounding(9), R10 = rounding(10), R11 = rounding(11);

export function zero(): Field {
  return new Float64Array(LIMBS);
}

/** A whole number as a reduced field element. */
export function fromBigInt(value: bigint): Field {
  const field = zero();
  let rest = ((value % P) + P) % P;
  for (let i = 0; i < LIMBS; i += 1) {
    const size = BigInt(UNIT[i + 1]! / UNIT[i]!);
    field[i] = Number(rest % size) * UNIT[i]!;
    rest /= size;
  }
  carry(field);
  return field;
}

/** The one number from 0 to p - 1 that a field element stands for. */
export function toBigInt(field: Field): bigint {
  let sum = 0n;
  for (const limb of field) sum += BigInt(limb);
  return ((sum % P) + P) % P;
}

export function isZero(field: Field): boolean {
  return toBigInt(field) === 0n;
}

export function copy(out: Field, a: Field): void {
  out[0] = a[0]!;
  out[1] = a[1]!;
  out[2] = a[2]!;
  out[3] = a[3]!;
  out[4] = a[4]!;
  out[5] = a[5]!;
  out[6] = a[6]!;
  out[7] = a[7]!;
  out[8] = a[8]!;
  out[9] = a[9]!;
  out[10] = a[10]!;
  out[11] = a[11]!;
}

/** out = a + b, not carried. */
export function add(out: Field, a: Field, b: Field): void {
  out[0] = a[0]! + b[0]!;
  out[1] = a[1]! + b[1]!;
  out[2] = a[2]! + b[2]!;
  out[3] = a[3]! + b[3]!;
  out[4] = a[4]! + b[4]!;
  out[5] = a[5]! + b[5]!;
  out[6] = a[6]! + b[6]!;
  out[7] = a[7]! + b[7]!;
  out[8] = a[8]! + b[8]!;
  out[9] = a[9]! + b[9]!;
  out[10] = a[10]! + b[10]!;
  out[11] = a[11]! + b[11]!;
}

/** out = a - b, not carried. */
export function subtract(out: Field, a: Field, b: Field): void {
  out[0] = a[0]! - b[0]!;
  out[1] = a[1]! - b[1]!;
  out[2] = a[2]! - b[2]!;
  out[3] = a[3]! - b[3]!;
  out[4] = a[4]! - b[4]!;
  out[5] = a[5]! - b[5]!;
  out[6] = a[6]! - b[6]!;
  out[7] = a[7]! - b[7]!;
  out[8] = a[8]! - b[8]!;
  out[9] = a[9]! - b[9]!;
  out[10] = a[10]! - b[10]!;
  out[11] = a[11]! - b[11]!;
}

/** out = a b, reduced. `out` may be `a` or `b`. */
export function multiply(out: Field, a: Field, b: Field): void {
  const a0 = a[0]!, a1 = a[1]!, a2 = a[2]!, a3 = a[3]!, a4 = a[4]!, a5 = a[5]!;
  const a6 = a[6]!, a7 = a[7]!, a8 = a[8]!, a9 = a[9]!, a10 = a[10]!, a11 = a[11]!;
  const b0 = b[0]!, b1 = b[1]!, b2 = b[2]!, b3 = b[3]!, b4 = b[4]!, b5 = b[5]!;
  const b6 = b[6]!, b7 = b[7]!, b8 = b[8]!, b9 = b[9]!, b10 = b[10]!, b11 = b[11]!;
  const h0 = a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3
    + a10 * b2 + a11 * b1;
  const h1 = a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3
    + a11 * b2;
  const h2 = a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3;
  const h3 = a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4;
  const h4 = a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5;
  const h5 = a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6;
  const h6 = a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7;
  const h7 = a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8;
  const h8 = a9 * b11 + a10 * b10 + a11 * b9;
  const h9 = a10 * b11 + a11 * b10;
  const h10 = a11 * b11;
  out[0] = a0 * b0 + FOLD * h0;
  out[1] = a0 * b1 + a1 * b0 + FOLD * h1;
  out[2] = a0 * b2 + a1 * b1 + a2 * b0 + FOLD * h2;
  out[3] = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + FOLD * h3;
  out[4] = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + FOLD * h4;
  out[5] = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + FOLD * h5;
  out[6] = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + FOLD * h6;
  out[7] = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + FOLD * h7;
  out[8] = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + FOLD * h8;
  out[9] = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0
    + FOLD * h9;
  out[10] = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1
    + a10 * b0 + FOLD * h10;
  out[11] = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2
    + a10 * b1 + a11 * b0;
  carry(out);
}

/** out = a a, reduced: the same with equal products taken once. */
export function square(out: Field, a: Field): void {
  const a0 = a[0]!, a1 = a[1]!, a2 = a[2]!, a3 = a[3]!, a4 = a[4]!, a5 = a[5]!;
  const a6 = a[6]!, a7 = a[7]!, a8 = a[8]!, a9 = a[9]!, a10 = a[10]!, a11 = a[11]!;
  const t0 = 2 * a0, t1 = 2 * a1, t2 = 2 * a2, t3 = 2 * a3, t4 = 2 * a4, t5 = 2 * a5, t6 = 2 * a6,
    t7 = 2 * a7, t8 = 2 * a8, t9 = 2 * a9, t10 = 2 * a10;
  const h0 = t1 * a11 + t2 * a10 + t3 * a9 + t4 * a8 + t5 * a7 + a6 * a6;
  const h1 = t2 * a11 + t3 * a10 + t4 * a9 + t5 * a8 + t6 * a7;
  const h2 = t3 * a11 + t4 * a10 + t5 * a9 + t6 * a8 + a7 * a7;
  const h3 = t4 * a11 + t5 * a10 + t6 * a9 + t7 * a8;
  const h4 = t5 * a11 + t6 * a10 + t7 * a9 + a8 * a8;
  const h5 = t6 * a11 + t7 * a10 + t8 * a9;
  const h6 = t7 * a11 + t8 * a10 + a9 * a9;
  const h7 = t8 * a11 + t9 * a10;
  const h8 = t9 * a11 + a10 * a10;
  const h9 = t10 * a11;
  const h10 = a11 * a11;
  out[0] = a0 * a0 + FOLD * h0;
  out[1] = t0 * a1 + FOLD * h1;
  out[2] = t0 * a2 + a1 * a1 + FOLD * h2;
  out[3] = t0 * a3 + t1 * a2 + FOLD * h3;
  out[4] = t0 * a4 + t1 * a3 + a2 * a2 + FOLD * h4;
  out[5] = t0 * a5 + t1 * a4 + t2 * a3 + FOLD * h5;
  out[6] = t0 * a6 + t1 * a5 + t2 * a4 + a3 * a3 + FOLD * h6;
  out[7] = t0 * a7 + t1 * a6 + t2 * a5 + t3 * a4 + FOLD * h7;
  out[8] = t0 * a8 + t1 * a7 + t2 * a6 + t3 * a5 + a4 * a4 + FOLD * h8;
  out[9] = t0 * a9 + t1 * a8 + t2 * a7 + t3 * a6 + t4 * a5 + FOLD * h9;
  out[10] = t0 * a10 + t1 * a9 + t2 * a8 + t3 * a7 + t4 * a6 + a5 * a5 + FOLD * h10;
  out[11] = t0 * a11 + t1 * a10 + t2 * a9 + t3 * a8 + t4 * a7 + t5 * a6;
  carry(out);
}

/** Bring each limb back below half of the next one's unit, from the lowest to the highest and round to the second. */
export function carry(a: Field): void {
  let c0 = a[0]!, c1 = a[1]!, c2 = a[2]!, c3 = a[3]!, c4 = a[4]!, c5 = a[5]!;
  let over: number;
  let c6 = a[6]!, c7 = a[7]!, c8 = a[8]!, c9 = a[9]!, c10 = a[10]!, c11 = a[11]!;
  over = c0 + R0 - R0;
  c0 -= over;
  c1 += over;
  over = c1 + R1 - R1;
  c1 -= over;
  c2 += over;
  over = c2 + R2 - R2;
  c2 -= over;
  c3 += over;
  over = c3 + R3 - R3;
  c3 -= over;
  c4 += over;
  over = c4 + R4 - R4;
  c4 -= over;
  c5 += over;
  over = c5 + R5 - R5;
  c5 -= over;
  c6 += over;
  over = c6 + R6 - R6;
  c6 -= over;
  c7 += over;
  over = c7 + R7 - R7;
  c7 -= over;
  c8 += over;
  over = c8 + R8 - R8;
  c8 -= over;
  c9 += over;
  over = c9 + R9 - R9;
  c9 -= over;
  c10 += over;
  over = c10 + R10 - R10;
  c10 -= over;
  c11 += over;
  over = c11 + R11 - R11;
  c11 -= over;
  c0 += FOLD * over;
  over = c0 + R0 - R0;
  c0 -= over;
  c1 += over;
  a[0] = c0;
  a[1] = c1;
  a[2] = c2;
  a[3] = c3;
  a[4] = c4;
  a[5] = c5;
  a[6] = c6;
  a[7] = c7;
  a[8] = c8;
  a[9] = c9;
  a[10] = c10;
  a[11] = c11;
}

/** out = a^(2^times). */
export function squareOften(out: Field, a: Field, times: number): void {
  square(out, a);
  for (let i = 1; i < times; i += 1) square(out, out);
}

/** a^(2^250 - 1) and a^11, of which both powers below are made. */
function ladder(a: Field): { readonly long: Field; readonly eleven: Field } {
  const [two, nine, eleven, x, y, z] = [zero(), zero(), zero(), zero(), zero(), zero()] as const;
  square(two, a);
  squareOften(nine, two, 2);
  multiply(nine, nine, a);
  multiply(eleven, nine, two);
  square(x, eleven);
  multiply(x, x, nine); // 2^5 - 1
  const grow = (out: Field, from: Field, times: number, by: Field): void => {
    const power = zero();
    squareOften(power, from, times);
    multiply(out, power, by);
  };
  grow(x, x, 5, x); // 2^10 - 1
  grow(y, x, 10, x); // 2^20 - 1
  grow(z, y, 20, y); // 2^40 - 1
  grow(x, z, 10, x); // 2^50 - 1
  grow(y, x, 50, x); // 2^100 - 1
  grow(z, y, 100, y); // 2^200 - 1
  grow(z, z, 50, x); // 2^250 - 1
  return { long: z, eleven };
}

/** 1 / a, that is a^(p - 2); of zero it is zero. */
export function invert(a: Field): Field {
  const { long, eleven } = ladder(a);
  const out = zero();
  squareOften(out, long, 5);
  multiply(out, out, eleven);
  return out;
}

/** a^((p - 5) / 8), from which square roots are made. */
export function rootPower(a: Field): Field {
  const { long } = ladder(a);
  const out = zero();
  squareOften(out, long, 2);
  multiply(out, out, a);
  return out;
}
