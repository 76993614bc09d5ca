/** A voter who walked away must not leave her vote on the screen for the next one. */

import { BEGINNING, type Event, type State } from "./state.ts";

export const IDLE_MS = 90_000;
export const WARNING_MS = 20_000;
export const RECEIPT_MS = 60_000;
/** Another device is fetched, reads the opened ballot and reckons; nothing of a vote that counts is on the screen. */
export const OPENED_MS = 300_000;
/** A paper is printed and read, or an official is fetched to the printer. */
export const PAPER_MS = 180_000;

/** `event` comes after `after` milliseconds, counted again from each touch or key if `restarts`. */
export interface Patience {
  readonly after: number;
  readonly event: Event;
  readonly restarts: boolean;
}

/** How long the tablet waits in this state, and what then. */
export function patience(state: State): Patience | undefined {
  const { step, pausing } = state;
  if (pausing) return { after: WARNING_MS, event: { type: "clear" }, restarts: false };
  switch (step.name) {
    case "paper":
    case "paperless":
    case "spoilt":
    case "unanswered":
      return { after: PAPER_MS, event: { type: "warn" }, restarts: true };
    case "start":
    case "choose":
    case "asked":
    case "review":
    case "decide":
    case "unreachable":
    case "refused":
    case "challenge":
      return { after: IDLE_MS, event: { type: "warn" }, restarts: true };
    case "opened":
      return { after: OPENED_MS, event: { type: "warn" }, restarts: true };
    case "language":
    case "notice":
      return isUntouched(state) ? undefined : { after: IDLE_MS, event: { type: "clear" }, restarts: true };
    case "receipt":
      // Whoever is still copying it down is asked and given more time, as often as she likes (WCAG 2.2.1).
      return { after: RECEIPT_MS, event: { type: "warn" }, restarts: true };
    default:
      return undefined;
  }
}

/** Whether nobody has set anything on a tablet that waits. */
function isUntouched({ language, preferences, panel }: State): boolean {
  const names = Object.keys(preferences) as (keyof typeof preferences)[];
  return panel === undefined && language === BEGINNING.language && names.every((name) => preferences[name] === BEGINNING.preferences[name]);
}
