/**
 * A phone's own camera opens the page anew for each code, so the check code waits here for the second one: for a quarter of an hour, and
 * no longer than until the check is done.
 */

import type { Memory } from "../checker/page/checking.ts";

const KEPT_FOR = 15 * 60_000;

/** Kept by the address of the page, so that two elections do not meet. */
export function memoryOf(address: string): Memory {
  const name = `check-code ${address}`;
  return {
    read: () => {
      const [until, commitment] = (attempt(() => localStorage.getItem(name)) ?? "").split(" ");
      if (commitment !== undefined && Number(until) > Date.now()) return commitment;
      attempt(() => localStorage.removeItem(name));
      return undefined;
    },
    keep: (commitment) => {
      if (commitment === undefined) attempt(() => localStorage.removeItem(name));
      else attempt(() => localStorage.setItem(name, `${Date.now() + KEPT_FOR} ${commitment}`));
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
