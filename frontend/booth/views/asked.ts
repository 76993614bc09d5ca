/** Before she sees her vote once more, a voter who could give more votes is asked whether she wants to. */

import { NO_MARKS } from "../state.ts";
import { actions, button, heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function askedScreen({ state, t, dispatch }: Context): Screen {
  const { marks = NO_MARKS } = stepOf(state, "asked") ?? {};
  const most = state.offering?.most ?? 1;
  const left = most - marks.chosen.length;
  return {
    content: [
      heading(t("asked.title", { left })),
      paragraph(t("asked.text", { chosen: marks.chosen.length, most }), "lead"),
      actions(
        button(t("asked.more"), () => dispatch({ type: "change" }), "primary"),
        button(t("asked.enough"), () => dispatch({ type: "review" }), "primary"),
      ),
    ],
  };
}
