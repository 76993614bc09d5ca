/** The sealed vote is handed in. */

import type { SealedBallot } from "../../protocol/index.ts";
import type { CastAnswer, Command, Problem, State, Step } from "../state.ts";
import { type Taking, type Transition, takenAway, to } from "./transition.ts";

/** How long to wait before a ballot without an answer is handed in again by itself, in milliseconds. */
export const SEND_AGAIN_AFTER = 5_000;

export const sending: Taking<"sending"> = (state, step, event) =>
  event.type === "cast_answered" ? answered(state, step, event.answer) : [state];

export const unreachable: Taking<"unreachable"> = (state, step, event) => {
  if (event.type === "cast_answered") return answered(state, step, event.answer);
  return event.type === "retry" ? handIn(state, step.sealed) : [state];
};

/** From here on there is only the sealed ballot: neither slip nor marks nor seed. */
export function handIn(state: State, sealed: SealedBallot): Transition {
  return to(state, { name: "sending", sealed }, { type: "send", visit: state.visit, sealed, after: 0 });
}

/**
 * The receipt is shown only when the server confirms the very bytes that were sent. While no answer comes the same ballot
 * is handed in again and again by itself, and the screen stays as it is: a voter who only waits gets her receipt too.
 */
function answered(
  state: State,
  step: Extract<Step, { name: "sending" | "unreachable" }>,
  answer: CastAnswer,
): Transition {
  const { sealed } = step;
  switch (answer.kind) {
    case "unreachable": {
      const again: Command = { type: "send", visit: state.visit, sealed, after: SEND_AGAIN_AFTER };
      return step.name === "unreachable" ? [state, again] : to(state, { name: "unreachable", sealed }, again);
    }
    case "refused":
      if (answer.problem === "revoked") return takenAway(state);
      return to(state, { name: "refused", problem: answer.problem satisfies Problem });
    case "accepted":
      if (answer.receipt === sealed.tracker) return to(state, { name: "receipt", code: sealed.tracker });
      return to(state, { name: "alarm", expected: sealed.tracker, received: answer.receipt });
  }
}
