/** Begin workers from the address of a program, or do the work on the page where the browser has none. */

import { type Pool, poolHere, poolOf } from "../index.ts";

/** @param workers how many, where the device has so many processors. */
export async function beginPool(program: string, workers = Number.POSITIVE_INFINITY): Promise<Pool> {
  const processors = Math.min(workers, navigator.hardwareConcurrency || 1);
  return (await poolOf(() => new Worker(program), processors)) ?? poolHere();
}
