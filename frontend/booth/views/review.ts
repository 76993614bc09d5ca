/** Before the vote is cast the voter sees it once more by itself. */

import type { Candidate } from "../offering.ts";
import { actions, button, danish, element, heading, paragraph } from "./elements.ts";
import { portrait } from "./portrait.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function reviewScreen({ state, t, dispatch }: Context): Screen {
  const { chosen = [], blank = false } = stepOf(state, "review")?.marks ?? {};
  const { most = 1, candidates = [] } = state.offering ?? {};
  const left = most - chosen.length;
  const lines = blank ? [element("li", { class: "name" }, t("review.blankVote"))] : chosen.map((i) => line(candidates[i]));
  return {
    content: [
      heading(t("review.title")),
      paragraph(t("review.text"), "lead"),
      element("h2", { id: "vote-title" }, t("review.yourVote")),
      element("ul", { class: "vote", "aria-labelledby": "vote-title" }, ...lines),
      ...(!blank && left > 0 ? [paragraph(t("review.unused", { left }), "hint")] : []),
      actions(
        button(t("review.cast"), () => dispatch({ type: "cast" }), "primary"),
        button(t("review.change"), () => dispatch({ type: "change" })),
      ),
    ],
  };
}

function line(candidate: Candidate | undefined): HTMLLIElement {
  if (candidate === undefined) return element("li");
  const words = element("span", { class: "who" }, danish(candidate.name, "name"));
  if (candidate.line) words.append(" ", danish(candidate.line, "line"));
  return element("li", {}, ...portrait(candidate), words);
}
