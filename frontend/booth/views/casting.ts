/** The vote is locked and handed in; should the connection fail, the same locked vote is handed in again. */

import { actions, button, heading, paragraph } from "./elements.ts";
import type { Context, Screen } from "./screen.ts";

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
