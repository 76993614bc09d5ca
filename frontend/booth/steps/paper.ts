/**
 * Where the rules ask for a paper record, the vote is printed once more after it was confirmed and before it is handed in: a
 * changed mind or an opened ballot leaves no paper, and a paper that is wrong can still be answered by casting nothing.
 */

import type { SealedBallot } from "../../protocol/index.ts";
import type { Marks, State } from "../state.ts";
import { handIn } from "./casting.ts";
import { type Taking, type Transition, to } from "./transition.ts";

/** The voter has confirmed her vote: it is handed in, or printed first. */
export function confirmed(state: State, marks: Marks, sealed: SealedBallot): Transition {
  return state.offering?.deposit ? print(state, marks, sealed) : handIn(state, sealed);
}

/** She reads her paper; only she can say whether it is there, and whether it says what she chose. */
export const reading: Taking<"paper"> = (state, { marks, sealed }, event) => {
  switch (event.type) {
    case "cast":
      return handIn(state, sealed);
    case "paperless":
      return to(state, { name: "paperless", marks, sealed });
    case "spoil":
      return to(state, { name: "spoilt" });
    default:
      return [state];
  }
};

/** No paper came: nothing is lost, and an official is called. */
export const lackingPaper: Taking<"paperless"> = (state, { marks, sealed }, event) => {
  if (event.type === "print") return print(state, marks, sealed);
  return event.type === "cast" ? handIn(state, sealed) : [state];
};

function print(state: State, marks: Marks, sealed: SealedBallot): Transition {
  return to(state, { name: "paper", marks, sealed }, { type: "print", visit: state.visit });
}

/** A receipt is printed on request only, and as often as she likes: it is the same each time. */
export const receiving: Taking<"receipt"> = (state, _step, event) =>
  event.type === "print" && state.offering?.printer ? [state, { type: "print", visit: state.visit }] : [state];
