/** What the steps of the booth have in common: what a transition is, and how a tablet waits. */

import type { Offering } from "../offering.ts";
import { BEGINNING, type Command, type Event, type State, type Step } from "../state.ts";

/** The next state, and what to do on the way there. */
export type Transition = readonly [State, Command?];

/** How an event is taken in one step. */
export type Taking<Name extends Step["name"]> = (
  state: State,
  step: Extract<Step, { name: Name }>,
  event: Event,
) => Transition;

/** How long to wait before asking again whether the poll is open, in milliseconds. */
export const LOAD_AGAIN_AFTER = 10_000;

/** The same visit in another step; a question whether somebody is there is answered by it. */
export function to(state: State, step: Step, command?: Command): Transition {
  const next: State = { ...state, step, pausing: false };
  return command ? [next, command] : [next];
}

/** The step in which a tablet waits for its next voter. */
export function waiting(offering: Offering | undefined): Step {
  if (offering === undefined) return { name: "loading" };
  return offering.status === "open" ? { name: "language" } : { name: "notice", problem: offering.status };
}

/** Whether nobody is voting, so that the tablet may follow what the server says. */
export function idle({ name }: Step): boolean {
  return name === "loading" || name === "notice" || name === "language" || name === "start";
}

/** A tablet that has forgotten its voter: what stays is said of the election and the network, and what it can say aloud. */
export function forgotten({ visit, link, offering, audible }: State, step: Step): State {
  return { ...BEGINNING, visit: visit + 1, link, audible, ...(offering && { offering }), step };
}

/** The tablet may do nothing any more; whoever stands at it is told in her language, as large as she reads. */
export function takenAway(state: State): Transition {
  const { language, preferences } = state;
  const told = { ...forgotten(state, { name: "notice", problem: "revoked" }), language, preferences };
  return [told, { type: "load", after: LOAD_AGAIN_AFTER }];
}
