/** The voter chooses her language, and shows her slip. */

import { NO_MARKS, type SlipAnswer, type State } from "../state.ts";
import { LOAD_AGAIN_AFTER, type Taking, type Transition, takenAway, to } from "./transition.ts";

/** Her first press tells the language; on every later step it is changed beside it. */
export const choosingLanguage: Taking<"language"> = (state, _step, event) =>
  event.type === "language" ? to({ ...state, language: event.language }, { name: "start" }) : [state];

export const showingSlip: Taking<"start"> = (state, step, event) => {
  if (event.type === "slip_answered") return answered(state, step.asking, event.answer);
  if (step.asking !== undefined) return [state];
  if (event.type === "problem") return to(state, { name: "start", problem: event.problem });
  if (event.type !== "slip") return [state];
  const { credential } = event;
  return to(state, { name: "start", asking: credential }, { type: "ask", visit: state.visit, credential });
};

function answered(state: State, asking: string | undefined, answer: SlipAnswer): Transition {
  if (asking === undefined) return [state];
  if (answer === "ready") return to(state, { name: "choose", credential: asking, marks: NO_MARKS });
  if (answer === "revoked") return takenAway(state);
  if (answer === "not_open" || answer === "closed") {
    const notice = { name: "notice", problem: answer } as const;
    return [{ ...state, step: notice }, { type: "load", after: LOAD_AGAIN_AFTER }];
  }
  return [{ ...state, step: { name: "start", problem: answer } }];
}
