/** The voter marks, until she wants to look at her marks once more. */

import { marked, markedBlank } from "../marks.ts";
import { toReview } from "./challenge.ts";
import { type Taking, to } from "./transition.ts";

export const choosing: Taking<"choose"> = (state, { credential, marks }, event) => {
  if (event.type === "mark") {
    const next = marked(marks, event.candidate, event.on, state.offering?.most ?? 1);
    return next === undefined
      ? to(state, { name: "choose", credential, marks, problem: "too_many" })
      : to(state, { name: "choose", credential, marks: next });
  }
  if (event.type === "mark_blank") return to(state, { name: "choose", credential, marks: markedBlank(event.on) });
  if (event.type !== "review") return [state];
  const isEmpty = !marks.blank && marks.chosen.length === 0;
  return isEmpty
    ? to(state, { name: "choose", credential, marks, problem: "nothing_chosen" })
    : toReview(state, credential, marks);
};
