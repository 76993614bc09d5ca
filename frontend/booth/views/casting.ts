/** The vote is locked and handed in; should the connection fail, the same locked vote is handed in again. */

import { actions, button, element, heading, paragraph } from "./elements.ts";
import { codeText } from "./ending.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function sendingScreen({ t }: Context): Screen {
  return { content: [heading(t("casting.title")), paragraph(t("casting.sending"), "lead working")] };
}

export function unreachableScreen({ t, dispatch }: Context): Screen {
  return {
    content: [
      heading(t("casting.unconfirmed")),
      paragraph(t("problems.unreachable"), "lead"),
      actions(button(t("casting.retry"), () => dispatch({ type: "retry" }), "primary")),
    ],
  };
}

/** The slip tells at any other tablet whether the vote lies in the urn; the code tells it after the close. */
export function unansweredScreen({ state, t, dispatch }: Context): Screen {
  return {
    content: [
      heading(t("casting.unknownTitle")),
      paragraph(t("casting.unknown"), "lead"),
      ...(state.offering?.deposit ? [paragraph(t("paper.unknown"))] : []),
      paragraph(t("casting.unknownCode")),
      element("h2", {}, t("receipt.code")),
      codeText(stepOf(state, "unanswered")?.code ?? ""),
      actions(button(t("receipt.done"), () => dispatch({ type: "clear" }), "primary")),
    ],
  };
}
