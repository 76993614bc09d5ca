/**
 * A hand that trembles, or is used to pressing twice, presses what the first press brought under it: a receipt would be gone
 * before it was read, a vote cast before its paper was. So the second press of two in one place is not taken elsewhere.
 */

import type { State } from "../state.ts";

/** Two presses are one within so many milliseconds … */
export const SAME_PRESS_MS = 700;
/** … and pixels. */
export const SAME_PRESS_PX = 40;

/**
 * What of a click is looked at. `detail` is 0 where a key, a voice or a program pressed, which have no place, and 2 where the
 * browser counts a second press; not every browser counts those of a finger, or says what a finger was.
 */
export type Press = Pick<MouseEvent, "clientX" | "clientY" | "timeStamp" | "detail"> & { readonly pointerType?: string };

export class Presses {
  #last: { readonly press: Press; readonly on: string } | undefined;

  /** Whether this press, in this state, only repeats one that was taken on another screen or dialog. */
  isRepeated(press: Press, { visit, step, panel, pausing }: State): boolean {
    if (press.detail === 0) return false;
    const on = [visit, step.name, panel, pausing].join(" ");
    const last = this.#last;
    const isRepeated = last !== undefined && last.on !== on && isSame(last.press, press);
    // A third press is the second once more: it still belongs to where the first was.
    this.#last = { press, on: isRepeated ? last.on : on };
    return isRepeated;
  }
}

function isSame(one: Press, other: Press): boolean {
  if (other.detail > 1) return true;
  if (other.pointerType === "mouse") return false;
  const distance = Math.hypot(other.clientX - one.clientX, other.clientY - one.clientY);
  return other.timeStamp - one.timeStamp < SAME_PRESS_MS && distance < SAME_PRESS_PX;
}
