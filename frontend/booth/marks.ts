/** Setting and taking back marks: never more than allowed, and never both blank and not. */

import { type Marks, NO_MARKS } from "./state.ts";

/**
 * The marks after a candidate was marked or unmarked; undefined when that would be one too many.
 *
 * With one vote a new mark takes the place of the old, as with a radio button.
 */
export function marked({ chosen }: Marks, candidate: number, on: boolean, most: number): Marks | undefined {
  const others = chosen.filter((index) => index !== candidate);
  if (!on) return { chosen: others, blank: false };
  if (most === 1) return { chosen: [candidate], blank: false };
  if (others.length >= most) return undefined;
  return { chosen: [...others, candidate].sort((one, other) => one - other), blank: false };
}

/** A blank vote takes all other marks away. */
export function markedBlank(on: boolean): Marks {
  return on ? { chosen: [], blank: true } : NO_MARKS;
}
