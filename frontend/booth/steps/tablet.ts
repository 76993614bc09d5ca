/** What happens to the tablet, whoever stands at it: what it is told by the server, and that it forgets. */

import type { Offering } from "../offering.ts";
import { WARNING_MS, patience } from "../patience.ts";
import type { Command, Link, State } from "../state.ts";
import { leftUnanswered } from "./casting.ts";
import { LOAD_AGAIN_AFTER, type Transition, forgotten, idle, takenAway, waiting } from "./transition.ts";

/** Forget the voter: credential, marks, ballot, receipt, language and preferences; then look whether the poll is still open. */
export function cleared(state: State): Transition {
  return [forgotten(state, waiting(state.offering)), { type: "load", after: 0 }];
}

export function loaded(state: State, offering: Offering): Transition {
  if (!idle(state.step)) return [state];
  const isVoting = state.step.name === "language" || state.step.name === "start";
  const step = isVoting && offering.status === "open" ? state.step : waiting(offering);
  const next = { ...state, offering, step };
  return offering.status === "open" ? [next] : [next, { type: "load", after: LOAD_AGAIN_AFTER }];
}

/** The server answers: a tablet that waits looks again if the poll has moved on, or if it had lost the server. */
export function alive(state: State, status: Offering["status"]): Transition {
  const { step, offering } = state;
  const wasLost = step.name === "notice" && step.problem === "unreachable";
  const isNews = wasLost || (offering !== undefined && offering.status !== status);
  return idle(step) && isNews ? [state, { type: "load", after: 0 }] : [state];
}

/** The house answers, or does not: whoever stands at the tablet goes on with what she is doing. */
export function linked(state: State, link: Link): Transition {
  return [state.link === link ? state : { ...state, link }];
}

/**
 * The page goes out of sight: the tablet falls asleep, or somebody leaves the app. Its clock may stand still from now on,
 * and whoever sees the page next may be somebody else: what shows a vote is gone, but for the vote that is being printed,
 * for a browser may put its own page before ours meanwhile. A ballot that is on its way gets its answer, and what tells no
 * vote stays for as long as it would: a receipt, an alarm, and where a paper that was wrong belongs.
 */
export function hidden(state: State): Transition {
  switch (state.step.name) {
    case "paper":
    case "paperless":
    case "spoilt":
    case "sending":
    case "unreachable":
    case "unanswered":
    case "receipt":
    case "alarm":
      return [state];
    default:
      return cleared(state);
  }
}

/** The page is seen again after so many milliseconds, in which the tablet's clock may have stood: what time would have cleared is gone. */
export function seen(state: State, after: number): Transition {
  const waiting = patience(state);
  if (waiting === undefined) return [state];
  const warned = waiting.event.type === "warn" ? WARNING_MS : 0;
  return after < waiting.after + warned ? [state] : cleared(state);
}

/**
 * The tablet may do nothing any more: whoever votes on it is told at once, and nothing of hers is left. Who holds a
 * printed vote, or waits for one, is told when she casts it, and who has a wrong one where it belongs. A ballot that is on its way
 * gets its answer first; one that got none may lie in the urn, and its voter is told where to look. A receipt, an opened ballot or
 * an alarm stays for as long as it would.
 */
export function revoked(state: State): Transition {
  switch (state.step.name) {
    case "challenge":
    case "opened":
    case "paper":
    case "paperless":
    case "spoilt":
    case "sending":
    case "unanswered":
    case "refused":
    case "receipt":
    case "alarm":
      return [state];
    case "unreachable":
      return leftUnanswered(state, state.step.sealed);
    case "notice":
      if (state.step.problem === "revoked") return [state, { type: "load", after: LOAD_AGAIN_AFTER }];
  }
  return takenAway(state);
}

export function loadFailed(state: State, problem: "unreachable" | "unfit"): Transition {
  const again: Command = { type: "load", after: LOAD_AGAIN_AFTER };
  // A voter who stands at a working page is told when she uses it; a tablet that shows the wrong election stops.
  const isReady = state.step.name === "language" || state.step.name === "start";
  const mayStay = !idle(state.step) || (isReady && problem === "unreachable");
  return mayStay ? [state, again] : [{ ...state, step: { name: "notice", problem } }, again];
}
