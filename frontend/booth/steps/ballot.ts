/** The voter marks, until she wants to look at her marks once more. */

import { marked, markedBlank } from "../marks.ts";
import { beginning, turned } from "../place.ts";
import { toReview } from "./challenge.ts";
import { type Taking, to } from "./transition.ts";

export const choosing: Taking<"choose"> = (state, step, event) => {
  const { credential, marks } = step;
  const { most = 1, candidates = [] } = state.offering ?? {};
  const place = step.place ?? beginning(marks);
  const here = { name: "choose", credential, marks, place } as const;
  switch (event.type) {
    case "mark": {
      const next = marked(marks, event.candidate, event.on, most);
      return to(state, next === undefined ? { ...here, problem: "too_many" } : { ...here, marks: next });
    }
    case "mark_blank":
      return to(state, { ...here, marks: markedBlank(event.on) });
    case "turn":
      return to(state, { ...here, place: turned(place, event.turn, candidates, marks) });
    case "review":
      if (marks.blank || marks.chosen.length === most) return toReview(state, credential, marks);
      if (marks.chosen.length === 0) return to(state, { ...here, problem: "nothing_chosen" });
      return to(state, { name: "asked", credential, marks, place });
    default:
      return [state];
  }
};

/** Whether she wants to use fewer votes than she has: she may, but nobody should by mistake. */
export const asking: Taking<"asked"> = (state, { credential, marks, place }, event) => {
  if (event.type === "review") return toReview(state, credential, marks);
  return event.type === "change" ? to(state, { name: "choose", credential, marks, place }) : [state];
};
