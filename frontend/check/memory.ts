/**
 * A phone's own camera opens the page anew for each code, so the check code waits here for the second one: for a quarter
 * of an hour, and no longer than until the check is done. Of a page that was closed before, a browser takes nothing away: what is
 * left of it then is not read any more, and goes when the page is opened next.
 */

import type { Memory } from "../checker/page/checking.ts";

const KEPT_FOR = 15 * 60_000;

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What the memory works with; `later` does something after so many milliseconds, and `now` is in milliseconds. */
interface Ground {
  readonly kept: () => Kept;
  readonly now: () => number;
  readonly later: (act: () => void, milliseconds: number) => void;
}

const BROWSER: Ground = { kept: () => localStorage, now: Date.now, later: (act, milliseconds) => void setTimeout(act, milliseconds) };

/** Kept by the address of the page, so that two elections do not meet. */
export function memoryOf(address: string, { kept, now, later }: Ground = BROWSER): Memory {
  const name = `check-code ${address}`;
  const read = (): string | undefined => {
    const [until, commitment] = (attempt(() => kept().getItem(name)) ?? "").split(" ");
    if (commitment !== undefined && Number(until) > now()) return commitment;
    attempt(() => kept().removeItem(name));
    return undefined;
  };
  const keep = (commitment: string | undefined): void => {
    if (commitment === undefined) attempt(() => kept().removeItem(name));
    else attempt(() => kept().setItem(name, `${now() + KEPT_FOR} ${commitment}`));
    if (commitment !== undefined) later(read, KEPT_FOR);
  };
  return { read, keep };
}

/** A browser may refuse to keep anything; then the codes are read on one page. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
