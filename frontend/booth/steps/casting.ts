/** The sealed vote is handed in. */

import type { SealedBallot } from "../../protocol/index.ts";
import type { CastAnswer, Command, Problem, State, Step } from "../state.ts";
import { type Taking, type Transition, to } from "./transition.ts";

/** How long to wait before a ballot without an answer is handed in again by itself, in milliseconds. */
export const SEND_AGAIN_AFTER = 5_000;

type OnItsWay = Extract<Step, { name: "sending" | "unreachable" }>;

export const sending: Taking<"sending"> = (state, step, event) =>
  event.type === "cast_answered" ? answered(state, step, event.answer) : [state];

export const unreachable: Taking<"unreachable"> = (state, step, event) => {
  if (event.type === "cast_answered") return answered(state, step, event.answer);
  return event.type === "retry" ? handIn(state, step.sealed, { again: true }) : [state];
};

/** The tablet was put out, and an answer that was on its way still comes: a receipt is shown, and nothing else is news. */
export const unanswered: Taking<"unanswered"> = (state, { code }, event) => {
  const isReceipt = event.type === "cast_answered" && event.answer.kind === "accepted" && event.answer.receipt === code;
  return isReceipt ? to(state, { name: "receipt", code }) : [state];
};

/** From here on there is only the sealed ballot: neither slip nor marks nor seed. */
export function handIn(state: State, sealed: SealedBallot, before: { readonly again?: true } = {}): Transition {
  return to(state, { name: "sending", sealed, ...before }, { type: "send", visit: state.visit, sealed, after: 0 });
}

/** The tablet may ask no more, and cannot tell whether a ballot that it handed in lies in the urn: another one can, by the slip. */
export function leftUnanswered(state: State, sealed: SealedBallot): Transition {
  return to(state, { name: "unanswered", code: sealed.tracker });
}

/**
 * The receipt is shown only when the server confirms the very bytes that were sent. While no answer comes the same ballot
 * is handed in again and again by itself, and the screen stays as it is: a voter who only waits gets her receipt too.
 */
function answered(state: State, step: OnItsWay, answer: CastAnswer): Transition {
  const { sealed } = step;
  switch (answer.kind) {
    case "unreachable":
      return unconfirmed(state, step);
    case "refused":
      if (mayBeInTheUrn(step) && answer.problem === "revoked") return leftUnanswered(state, sealed);
      // An answer that is none of the house's, of a proxy before it, says nothing of the ballot.
      if (mayBeInTheUrn(step) && answer.problem === "failed") return unconfirmed(state, step);
      return to(state, { name: "refused", problem: answer.problem satisfies Problem });
    case "accepted":
      if (answer.receipt === sealed.tracker) return to(state, { name: "receipt", code: sealed.tracker });
      return to(state, { name: "alarm", expected: sealed.tracker, received: answer.receipt });
  }
}

/** Whether the ballot was handed in before without an answer. */
function mayBeInTheUrn(step: OnItsWay): boolean {
  return step.name === "unreachable" || step.again === true;
}

function unconfirmed(state: State, { name, sealed }: OnItsWay): Transition {
  const again: Command = { type: "send", visit: state.visit, sealed, after: SEND_AGAIN_AFTER };
  return name === "unreachable" ? [state, again] : to(state, { name: "unreachable", sealed }, again);
}
