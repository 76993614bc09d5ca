/** Before the voter decides, the tablet commits itself to a sealed ballot; then it is cast, or opened and never cast (docs/challenge.md). */

import type { ChallengeAnswer, Command, Event, Marks, State } from "../state.ts";
import { confirmed } from "./paper.ts";
import { type Taking, type Transition, takenAway, to } from "./transition.ts";

/** How long to wait before a challenge without an answer is handed in again by itself, in milliseconds. */
const ASK_AGAIN_AFTER = 5_000;

/** To look once more at these marks: a new ballot is sealed for each look, also where nothing was changed. */
export function toReview(state: State, credential: string, marks: Marks): Transition {
  const review = state.reviews + 1;
  const seal: Command = { type: "seal", visit: state.visit, review, credential, marks };
  return to({ ...state, reviews: review }, { name: "review", credential, marks }, seal);
}

export const reviewing: Taking<"review"> = (state, step, event) =>
  event.type === "confirm" ? to(state, { ...step, name: "decide" }) : whileSealed(state, step, event);

/** She has seen her choice; now she sees the code alone, before the tablet can know what she will do with the ballot. */
export const deciding: Taking<"decide"> = (state, step, event) => {
  const { credential, marks, committed } = step;
  switch (event.type) {
    case "cast":
      return committed ? confirmed(state, marks, { text: committed.text, tracker: committed.tracker }) : [state];
    case "challenge":
      if (!committed) return [state];
      return to(
        state,
        { name: "challenge", credential, marks, committed, isLost: false },
        { type: "challenge", visit: state.visit, ballot: committed.text, after: 0 },
      );
    default:
      return whileSealed(state, step, event);
  }
};

/** What happens while a ballot is being sealed for her, on either screen. */
function whileSealed(state: State, step: Extract<State["step"], { name: "review" | "decide" }>, event: Event): Transition {
  const { credential, marks, committed } = step;
  switch (event.type) {
    case "change":
      return to(state, { name: "choose", credential, marks });
    case "sealed":
      if (event.review !== state.reviews || committed) return [state];
      // Nothing was pressed: a question whether somebody is there stays.
      return [{ ...state, step: { ...step, committed: event.committed } }];
    case "seal_failed":
      return event.review === state.reviews ? to(state, { name: "refused", problem: "failed" }) : [state];
    default:
      return [state];
  }
}

export const challenging: Taking<"challenge"> = (state, step, event) => {
  if (event.type === "challenge_answered") {
    return event.ballot === step.committed.text ? answered(state, step, event.answer) : [state];
  }
  if (event.type !== "retry" || !step.isLost) return [state];
  return [state, { type: "challenge", visit: state.visit, ballot: step.committed.text, after: 0 }];
};

/** Another may have come to the tablet meanwhile, so that the slip is asked for again before it votes. */
export const looking: Taking<"opened"> = (state, _step, event) =>
  event.type === "again" ? to(state, { name: "start" }) : [state];

/** Opened is only what the house has barred, and by the code that the tablet had committed itself to. */
function answered(
  state: State,
  step: Extract<State["step"], { name: "challenge" }>,
  answer: ChallengeAnswer,
): Transition {
  const { credential, marks, committed } = step;
  const { tracker } = committed;
  switch (answer.kind) {
    case "unreachable": {
      const again: Command = { type: "challenge", visit: state.visit, ballot: committed.text, after: ASK_AGAIN_AFTER };
      return step.isLost ? [state, again] : to(state, { ...step, isLost: true }, again);
    }
    case "held":
      return to(state, { name: "decide", credential, marks, committed, problem: answer.problem });
    case "refused":
      if (answer.problem === "revoked") return takenAway(state);
      return to(state, { name: "refused", problem: answer.problem });
    case "cast":
    case "challenged":
      if (answer.receipt !== tracker) return to(state, { name: "alarm", expected: tracker, received: answer.receipt });
      if (answer.kind === "cast") return to(state, { name: "receipt", code: tracker });
      return to(state, { name: "opened", marks, tracker, opening: committed.opening });
  }
}
