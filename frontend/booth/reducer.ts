/**
 * Each thing that happens in the booth leads to exactly one next step; nothing here touches page or network. What a step
 * makes of an event is in the module of the step, below `steps/`.
 */

import type { Event, State } from "./state.ts";
import { asking, choosing } from "./steps/ballot.ts";
import { challenging, deciding, looking, reviewing } from "./steps/challenge.ts";
import { sending, unanswered, unreachable } from "./steps/casting.ts";
import { lackingPaper, reading, receiving } from "./steps/paper.ts";
import { choosingLanguage, showingSlip } from "./steps/slip.ts";
import { alive, cleared, hidden, linked, loadFailed, loaded, revoked, seen } from "./steps/tablet.ts";
import type { Transition } from "./steps/transition.ts";

export type { Transition };

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
    case "link":
      return linked(state, event.link);
    case "hidden":
      return hidden(state);
    case "seen":
      return seen(state, event.after);
    case "language":
      return state.step.name === "language" ? stepped(state, event) : [{ ...closed(state), language: event.language }];
    case "panel":
      return [{ ...closed(state), ...(event.panel && { panel: event.panel }) }];
    case "prefer":
      return [{ ...state, preferences: { ...state.preferences, ...event.change } }];
    case "audible":
      return [{ ...state, audible: event.languages }];
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

function closed({ panel: _panel, ...state }: State): State {
  return state;
}

function stepped(state: State, event: Event): Transition {
  const { step } = state;
  switch (step.name) {
    case "language":
      return choosingLanguage(state, step, event);
    case "start":
      return showingSlip(state, step, event);
    case "choose":
      return choosing(state, step, event);
    case "asked":
      return asking(state, step, event);
    case "review":
      return reviewing(state, step, event);
    case "decide":
      return deciding(state, step, event);
    case "challenge":
      return challenging(state, step, event);
    case "opened":
      return looking(state, step, event);
    case "paper":
      return reading(state, step, event);
    case "paperless":
      return lackingPaper(state, step, event);
    case "receipt":
      return receiving(state, step, event);
    case "sending":
      return sending(state, step, event);
    case "unreachable":
      return unreachable(state, step, event);
    case "unanswered":
      return unanswered(state, step, event);
    default:
      return [state];
  }
}
