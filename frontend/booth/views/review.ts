/** Before the vote is cast the voter sees it once more by itself. */

import { NO_MARKS } from "../state.ts";
import { commitment } from "./commitment.ts";
import { button, element, heading, paragraph } from "./elements.ts";
import { showsMore } from "./more.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";
import { votedFor } from "./voted.ts";

export function reviewScreen(context: Context): Screen {
  const { state, t, dispatch } = context;
  const { marks = NO_MARKS } = stepOf(state, "review") ?? {};
  const left = (state.offering?.most ?? 1) - marks.chosen.length;
  const cast = button(t("review.cast"), () => dispatch({ type: "cast" }), "primary");
  const committed = commitment(context, cast);
  // In sight wherever she has come to: nobody should look for the way on below a code that she may pass over.
  const foot = element("div", { class: "foot actions decide" }, cast, button(t("review.change"), () => dispatch({ type: "change" })));
  const watch = showsMore(foot);
  return {
    content: [
      element("div", { class: "paper-head" }, element("div", {}, heading(t("review.title")), paragraph(t("review.text"), "lead"))),
      element(
        "div",
        { class: "look" },
        element(
          "div",
          {},
          element("h2", { id: "vote-title" }, t("review.yourVote")),
          element("ul", { class: "vote", "aria-labelledby": "vote-title" }, ...votedFor(marks, state, t)),
          ...(!marks.blank && left > 0 ? [paragraph(t("review.unused", { left }), "hint")] : []),
        ),
        committed.section,
      ),
      foot,
    ],
    update(next) {
      committed.show(stepOf(next, "review")?.committed?.tracker);
    },
    leave: () => watch.disconnect(),
  };
}
