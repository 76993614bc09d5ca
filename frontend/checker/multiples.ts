/** Multiples of points, the one thing that a checker spends its time on. FOR PUBLIC DATA ALONE, as field.ts says. */

import {
  type Addend,
  ORDER,
  type Point,
  blankAddend,
  clear,
  copyPoint,
  double,
  minus,
  neutral,
  plus,
  toAddend,
  toThinAddends,
} from "./curve.ts";
import { isZero, subtract, zero } from "./field.ts";

/**
 * A number from 0 to 2^255 - 1 written with the digits -2^(width-1) ... 2^(width-1), the lowest first.
 *
 * Half as many multiples of a point are needed as with digits from 0, since a negative point costs nothing.
 */
export function digits(number: bigint, width: number): Int16Array {
  const bits = number.toString(2).padStart(256, "0");
  const found = new Int16Array(Math.ceil(256 / width));
  let over = 0;
  for (let i = 0; i < found.length; i += 1) {
    const end = 256 - i * width;
    let digit = over + Number.parseInt(bits.slice(Math.max(0, end - width), end), 2);
    over = digit > 2 ** (width - 1) ? 1 : 0;
    digit -= over * 2 ** width;
    found[i] = digit;
  }
  return found;
}

const WIDTH = 4;
const LARGEST = 2 ** (WIDTH - 1);
const ORDER_DIGITS = digits(ORDER, WIDTH);

/** The multiples of one point: [n]P for each number n, and whether [q]P is the neutral element. */
export interface Multiples {
  readonly points: readonly Point[];
  readonly isInSubgroup: boolean;
}

/**
 * Multiply one point by several numbers, which share the doublings (Yao's method, from the lowest digit up).
 *
 * Whether the point lies in the subgroup of prime order is one number more: its order.
 */
export function multiples(point: Point, numbers: readonly bigint[]): Multiples {
  const wanted = [ORDER_DIGITS, ...numbers.map((number) => digits(number, WIDTH))];
  while (HEAPS.length < wanted.length) HEAPS.push(new Heaps());
  for (const heaps of HEAPS) heaps.empty();
  copyPoint(POWER, point);
  for (let place = 0; place < ORDER_DIGITS.length; place += 1) {
    if (place > 0) double(POWER, WIDTH);
    toAddend(ADDEND, POWER);
    for (let i = 0; i < wanted.length; i += 1) HEAPS[i]!.put(wanted[i]![place]!);
  }
  const [whole, ...points] = wanted.map((_, i) => HEAPS[i]!.total());
  return { points, isInSubgroup: isNeutral(whole!) };
}

/** For each digit d the sum of the points that are to be taken d times. */
class Heaps {
  readonly #heaps: readonly Point[] = Array.from({ length: LARGEST + 1 }, neutral);

  empty(): void {
    for (const heap of this.#heaps) clear(heap);
  }

  /** Put the power at hand onto the heap of a digit. */
  put(digit: number): void {
    if (digit === 0) return;
    const heap = this.#heaps[Math.abs(digit)]!;
    if (digit > 0) plus(heap, heap, ADDEND);
    else minus(heap, heap, ADDEND);
  }

  /** The largest heap once, it and the next once more, and so on: each is taken as often as its digit says. */
  total(): Point {
    const total = neutral();
    clear(SOFAR);
    for (let digit = LARGEST; digit > 0; digit -= 1) {
      toAddend(ADDEND, this.#heaps[digit]!);
      plus(SOFAR, SOFAR, ADDEND);
      toAddend(ADDEND, SOFAR);
      plus(total, total, ADDEND);
    }
    return total;
  }
}

/** Made once: whatever is worked out in them is done before anything else begins. */
const POWER = neutral();
const SOFAR = neutral();
const ADDEND = blankAddend();
const HEAPS: Heaps[] = [];

/** Whether X = 0 and Y = Z. */
export function isNeutral({ x, y, z }: Point): boolean {
  const difference = zero();
  subtract(difference, y, z);
  return isZero(x) && isZero(difference);
}

const ROW_WIDTH = 6;

/** A point that is multiplied often: [d 2^(6 i)]P is laid out for each digit d of each place i. */
export class Base {
  readonly #rows: readonly (readonly Addend[])[];

  constructor(point: Point) {
    const rows: Point[][] = [];
    const first = neutral();
    copyPoint(first, point);
    for (let place = 0; place < Math.ceil(256 / ROW_WIDTH); place += 1) {
      const row: Point[] = [];
      toAddend(ADDEND, first);
      for (let digit = 1; digit <= 2 ** (ROW_WIDTH - 1); digit += 1) {
        const next = neutral();
        plus(next, row.at(-1) ?? next, ADDEND);
        row.push(next);
      }
      rows.push(row);
      double(first, ROW_WIDTH);
    }
    const flat = toThinAddends(rows.flat());
    const size = 2 ** (ROW_WIDTH - 1);
    this.#rows = rows.map((_, place) => flat.slice(place * size, (place + 1) * size));
  }

  /** sum + [n]P, changing `sum`. */
  addTo(sum: Point, number: bigint): void {
    const wanted = digits(number, ROW_WIDTH);
    for (let place = 0; place < wanted.length; place += 1) {
      const digit = wanted[place]!;
      if (digit > 0) plus(sum, sum, this.#rows[place]![digit - 1]!);
      else if (digit < 0) minus(sum, sum, this.#rows[place]![-digit - 1]!);
    }
  }
}
