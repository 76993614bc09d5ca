/** Before the vote is cast the voter sees it once more by itself; then she sees the code of the locked ballot by itself. */

import { NO_MARKS } from "../state.ts";
import { commitment } from "./commitment.ts";
import { button, element, paperHead, paragraph } from "./elements.ts";
import { showsMore } from "./more.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";
import { votedFor } from "./voted.ts";

export function reviewScreen(context: Context): Screen {
  const { state, t, dispatch } = context;
  const { marks = NO_MARKS } = stepOf(state, "review") ?? {};
  const left = (state.offering?.most ?? 1) - marks.chosen.length;
  const { foot, leave } = footOf(context, button(t("review.confirm"), () => dispatch({ type: "confirm" }), "primary"));
  return {
    content: [
      paperHead(t("review.title"), t("review.text")),
      element("h2", { id: "vote-title" }, t("review.yourVote")),
      element("ul", { class: "vote", "aria-labelledby": "vote-title" }, ...votedFor(marks, state, t)),
      ...(!marks.blank && left > 0 ? [paragraph(t("review.unused", { left }), "hint")] : []),
      foot,
    ],
    leave,
  };
}

/** The code alone: whoever photographs it has no choice beside it, and the tablet cannot know yet what becomes of the ballot. */
export function decideScreen(context: Context): Screen {
  const { t, dispatch } = context;
  const cast = button(t("review.cast"), () => dispatch({ type: "cast" }), "primary");
  const committed = commitment(context, cast);
  const { foot, leave } = footOf(context, cast);
  return {
    content: [paperHead(t("decide.title"), t("decide.text")), committed.section, foot],
    update(next) {
      committed.show(stepOf(next, "decide")?.committed?.tracker);
    },
    leave,
  };
}

/** In sight wherever she has come to: nobody should look for the way on below a code that she may pass over. */
function footOf({ t, dispatch }: Context, onward: HTMLButtonElement): { readonly foot: HTMLElement; leave(): void } {
  const foot = element("div", { class: "foot actions decide" }, onward, button(t("review.change"), () => dispatch({ type: "change" })));
  const watch = showsMore(foot);
  return { foot, leave: () => watch.disconnect() };
}
