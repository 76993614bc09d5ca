/**
 * A phone's own camera opens the page anew for each code, so the check code waits here for the second one: for a quarter
 * of an hour, and no longer than until the check is done.
 */

import type { Memory } from "../checker/page/checking.ts";

const KEPT_FOR = 15 * 60_000;

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Kept by the address of the page, so that two elections do not meet. `now` is in milliseconds. */
export function memoryOf(address: string, kept: () => Kept = () => localStorage, now: () => number = Date.now): Memory {
  const name = `check-code ${address}`;
  return {
    read: () => {
      const [until, commitment] = (attempt(() => kept().getItem(name)) ?? "").split(" ");
      if (commitment !== undefined && Number(until) > now()) return commitment;
      attempt(() => kept().removeItem(name));
      return undefined;
    },
    keep: (commitment) => {
      if (commitment === undefined) attempt(() => kept().removeItem(name));
      else attempt(() => kept().setItem(name, `${now() + KEPT_FOR} ${commitment}`));
    },
  };
}

/** A browser may refuse to keep anything; then the codes are read on one page. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
