/** Each thing that happens in the booth leads to exactly one next step; nothing here touches page or network. */

import { marked, markedBlank } from "./marks.ts";
import type { Offering } from "./offering.ts";
import {
  type CastAnswer,
  type Command,
  type Event,
  NO_MARKS,
  type Problem,
  type SlipAnswer,
  type State,
  type Step,
} from "./state.ts";

/** A step in which nobody is voting. */
const BLANK: Step = { name: "loading" };

/** The next state, and what to do on the way there. */
export type Transition = readonly [State, Command?];

/** How long to wait before asking again whether the poll is open, in milliseconds. */
export const LOAD_AGAIN_AFTER = 10_000;

/** How long to wait before a ballot without an answer is handed in again by itself, in milliseconds. */
export const SEND_AGAIN_AFTER = 5_000;

/** Take one event. An event that has no meaning in this step changes nothing. */
export function reduce(state: State, event: Event): Transition {
  if ("visit" in event && event.visit !== state.visit) return [state];
  switch (event.type) {
    case "loaded":
      return loaded(state, event.offering);
    case "load_failed":
      return event.problem === "revoked" ? revoked(state) : loadFailed(state, event.problem);
    case "alive":
      return alive(state, event.status);
    case "revoked":
      return revoked(state);
    case "language":
      return [{ ...state, language: event.language }];
    case "warn":
      return [{ ...state, pausing: true }];
    case "stay":
      return [{ ...state, pausing: false }];
    case "clear":
      return cleared(state);
    default:
      return stepped(state, event);
  }
}

/** Forget the voter: credential, marks, ballot, receipt and language; then look whether the poll is still open. */
function cleared(state: State): Transition {
  const next: State = {
    visit: state.visit + 1,
    language: "da",
    ...(state.offering && { offering: state.offering }),
    step: waiting(state.offering),
    pausing: false,
  };
  return [next, { type: "load", after: 0 }];
}

/** The step in which a tablet waits for its next voter. */
function waiting(offering: Offering | undefined): Step {
  if (offering === undefined) return { name: "loading" };
  return offering.status === "open" ? { name: "start" } : { name: "notice", problem: offering.status };
}

/** Whether nobody is voting, so that the tablet may follow what the server says. */
function idle({ name }: Step): boolean {
  return name === "loading" || name === "notice" || name === "start";
}

function loaded(state: State, offering: Offering): Transition {
  if (!idle(state.step)) return [state];
  const isSame = state.step.name === "start" && offering.status === "open";
  const step = isSame ? state.step : waiting(offering);
  const next = { ...state, offering, step };
  return offering.status === "open" ? [next] : [next, { type: "load", after: LOAD_AGAIN_AFTER }];
}

/** The server answers: a tablet that waits looks again if the poll has moved on, or if it had lost the server. */
function alive(state: State, status: Offering["status"]): Transition {
  const { step, offering } = state;
  const wasLost = step.name === "notice" && step.problem === "unreachable";
  const isNews = wasLost || (offering !== undefined && offering.status !== status);
  return idle(step) && isNews ? [state, { type: "load", after: 0 }] : [state];
}

/**
 * The tablet may do nothing any more: whoever votes on it is told at once, and nothing of hers is left. A ballot that is
 * on its way gets its answer first, and a receipt or an alarm stays for as long as it would.
 */
function revoked(state: State): Transition {
  const again: Command = { type: "load", after: LOAD_AGAIN_AFTER };
  switch (state.step.name) {
    case "sealing":
    case "sending":
    case "receipt":
    case "alarm":
      return [state];
    case "notice":
      if (state.step.problem === "revoked") return [state, again];
  }
  const { language, offering } = state;
  const step: Step = { name: "notice", problem: "revoked" };
  return [{ visit: state.visit + 1, language, ...(offering && { offering }), step, pausing: false }, again];
}

function loadFailed(state: State, problem: "unreachable" | "unfit"): Transition {
  const again: Command = { type: "load", after: LOAD_AGAIN_AFTER };
  // A voter who stands at a working start page is told when she uses it; a tablet that shows the wrong election stops.
  const mayStay = !idle(state.step) || (state.step.name === "start" && problem === "unreachable");
  return mayStay ? [state, again] : [{ ...state, step: { name: "notice", problem } }, again];
}

function stepped(state: State, event: Event): Transition {
  const { step, visit } = state;
  const to = (next: Step, command?: Command): Transition => {
    const changed: State = { ...state, step: next, pausing: false };
    return command ? [changed, command] : [changed];
  };
  switch (step.name) {
    case "start":
      if (event.type === "slip" && step.asking === undefined) {
        const { credential } = event;
        return to({ name: "start", asking: credential }, { type: "ask", visit, credential });
      }
      if (event.type === "problem" && step.asking === undefined) return to({ name: "start", problem: event.problem });
      if (event.type === "slip_answered") return slipAnswered(state, step.asking, event.answer);
      return [state];
    case "choose":
      return choosing(state, step, event, to);
    case "review":
      if (event.type === "change") return to({ ...step, name: "choose" });
      if (event.type !== "cast") return [state];
      return to({ ...step, name: "sealing" }, { type: "seal", visit, credential: step.credential, marks: step.marks });
    case "sealing":
      if (event.type === "seal_failed") return to({ name: "refused", problem: "failed" });
      if (event.type !== "sealed") return [state];
      return to({ name: "sending", sealed: event.sealed }, { type: "send", visit, sealed: event.sealed, after: 0 });
    case "sending":
    case "unreachable":
      if (event.type === "cast_answered") return castAnswered(state, step, event.answer);
      if (event.type !== "retry" || step.name === "sending") return [state];
      return to({ name: "sending", sealed: step.sealed }, { type: "send", visit, sealed: step.sealed, after: 0 });
    default:
      return [state];
  }
}

function slipAnswered(state: State, asking: string | undefined, answer: SlipAnswer): Transition {
  if (asking === undefined) return [state];
  if (answer === "ready") {
    return [{ ...state, step: { name: "choose", credential: asking, marks: NO_MARKS }, pausing: false }];
  }
  if (answer === "revoked") return revoked(state);
  if (answer === "not_open" || answer === "closed") {
    return [{ ...state, step: { name: "notice", problem: answer } }, { type: "load", after: LOAD_AGAIN_AFTER }];
  }
  return [{ ...state, step: { name: "start", problem: answer } }];
}

function choosing(
  state: State,
  step: Extract<Step, { name: "choose" }>,
  event: Event,
  to: (next: Step) => Transition,
): Transition {
  const { credential, marks } = step;
  if (event.type === "mark") {
    const next = marked(marks, event.candidate, event.on, state.offering?.most ?? 1);
    return next === undefined
      ? to({ name: "choose", credential, marks, problem: "too_many" })
      : to({ name: "choose", credential, marks: next });
  }
  if (event.type === "mark_blank") return to({ name: "choose", credential, marks: markedBlank(event.on) });
  if (event.type !== "review") return [state];
  const isEmpty = !marks.blank && marks.chosen.length === 0;
  return isEmpty
    ? to({ name: "choose", credential, marks, problem: "nothing_chosen" })
    : to({ name: "review", credential, marks });
}

/**
 * The receipt is shown only when the server confirms the very bytes that were sent. While no answer comes the same ballot
 * is handed in again and again by itself, and the screen stays as it is: a voter who only waits gets her receipt too.
 */
function castAnswered(
  state: State,
  step: Extract<Step, { name: "sending" | "unreachable" }>,
  answer: CastAnswer,
): Transition {
  const { sealed } = step;
  const to = (next: Step): State => ({ ...state, step: next, pausing: false });
  switch (answer.kind) {
    case "unreachable": {
      const again: Command = { type: "send", visit: state.visit, sealed, after: SEND_AGAIN_AFTER };
      return [step.name === "unreachable" ? state : to({ name: "unreachable", sealed }), again];
    }
    case "refused":
      if (answer.problem === "revoked") return revoked({ ...state, step: BLANK });
      return [to({ name: "refused", problem: answer.problem satisfies Problem })];
    case "accepted":
      if (answer.receipt === sealed.tracker) return [to({ name: "receipt", code: sealed.tracker })];
      return [to({ name: "alarm", expected: sealed.tracker, received: answer.receipt })];
  }
}
