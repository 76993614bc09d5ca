/** The voter reads on paper what she is about to cast. */

import { VOTE_JOB } from "../printing.ts";
import { NO_MARKS } from "../state.ts";
import { actions, button, element, heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";
import { voteSheet } from "./sheet.ts";
import { votedFor } from "./voted.ts";

export function paperScreen({ state, t, dispatch }: Context): Screen {
  const { marks = NO_MARKS } = stepOf(state, "paper") ?? {};
  const printed = voteSheet(marks, state);
  document.body.append(printed);
  const isBefore = state.offering?.deposit === "before_cast";
  return {
    content: [
      heading(t("paper.title")),
      paragraph(t("paper.text"), "lead"),
      paragraph(t(isBefore ? "paper.before" : "paper.after")),
      element("h2", { id: "printed-title" }, t("paper.said")),
      element("ul", { class: "vote", "aria-labelledby": "printed-title" }, ...votedFor(marks, state, t)),
      actions(button(t("review.cast"), () => dispatch({ type: "cast" }), "primary")),
      actions(
        button(t("paper.none"), () => dispatch({ type: "paperless" })),
        button(t("paper.wrong"), () => dispatch({ type: "spoil" })),
      ),
    ],
    // A title in the voter's language would be the name of the job in the printer's list.
    update() {
      document.title = VOTE_JOB;
    },
    leave: () => printed.remove(),
  };
}

export function paperlessScreen({ t, dispatch }: Context): Screen {
  return {
    content: [
      heading(t("paper.failedTitle")),
      paragraph(t("paper.failed"), "lead"),
      paragraph(t("paper.twice")),
      actions(
        button(t("paper.again"), () => dispatch({ type: "print" }), "primary"),
        button(t("paper.without"), () => dispatch({ type: "cast" })),
      ),
    ],
  };
}

/** The paper is handed back and never counted; the same slip votes again. */
export function spoiltScreen({ t, dispatch }: Context): Screen {
  return {
    content: [
      heading(t("paper.spoiltTitle")),
      paragraph(t("paper.spoilt"), "lead"),
      actions(button(t("casting.startOver"), () => dispatch({ type: "clear" }), "primary")),
    ],
  };
}
