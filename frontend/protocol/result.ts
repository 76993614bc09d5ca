/** The counts, and anybody's check that they are what the sealed sum holds (section 12). */

import { G, O, type Point, pointText, timesPublic } from "./group.ts";
import { parse, serialize } from "./json.ts";
import { Refusal } from "./refusal.ts";
import { count, list, members } from "./shape.ts";
import type { EncryptedTally } from "./tally.ts";

/** One list per question; where blank is allowed, position 0 counts blank votes. */
export type Counts = readonly (readonly number[])[];

type Factors = readonly (readonly Point[])[];

/** [v]G for every position. */
function opened(tally: EncryptedTally, factors: Factors): Factors {
  return tally.map((row, i) => row.map(({ beta }, j) => beta.subtract(factors[i]?.[j] as Point)));
}

/** Find the counts, none of which can exceed `most`. */
export function findCounts(tally: EncryptedTally, factors: Factors, most: number): Counts {
  const logarithm = logarithmTable(most);
  return opened(tally, factors).map((row) => row.map(logarithm));
}

/** Whether these are the counts. */
export function countsHold(tally: EncryptedTally, factors: Factors, counts: Counts): boolean {
  return (
    counts.length === tally.length &&
    opened(tally, factors).every((row, i) => {
      const claimed = counts[i] ?? [];
      return claimed.length === row.length && row.every((point, j) => point.equals(multiple(claimed[j] as number)));
    })
  );
}

function multiple(v: number): Point {
  return timesPublic(G, BigInt(v));
}

/** Baby-step giant-step: a function that finds v in 0 … most from [v]G in about the root of `most` steps. */
function logarithmTable(most: number): (point: Point) => number {
  const step = Math.ceil(Math.sqrt(most + 1));
  const small = new Map<string, number>();
  let point = O;
  for (let v = 0; v < step; v += 1) {
    small.set(pointText(point), v);
    point = point.add(G);
  }
  const giant = point;
  return (target) => {
    let rest = target;
    for (let steps = 0; steps <= step; steps += 1) {
      const v = small.get(pointText(rest));
      if (v !== undefined) return steps * step + v;
      rest = rest.subtract(giant);
    }
    throw new Refusal("InvalidResult", "the sum does not open to a number of votes");
  };
}

export function resultText(counts: Counts): string {
  return serialize({ result: counts });
}

export function readResult(source: string): Counts {
  const found = members(parse(source), "result", ["result"]);
  return list(found.result, "result", (row) => list(row, "result", (votes) => count(votes, "votes")));
}

