/** The vote is locked and handed in; should the connection fail, the same locked vote is handed in again. */

import { actions, button, heading, paragraph } from "./elements.ts";
import type { Context, Screen } from "./screen.ts";

export function sealingScreen({ words }: Context): Screen {
  return { content: [heading(words.sealingTitle), paragraph(words.sealingText, "lead working")] };
}

export function sendingScreen({ words }: Context): Screen {
  return { content: [heading(words.sealingTitle), paragraph(words.sendingText, "lead working")] };
}

export function unreachableScreen({ words, dispatch }: Context): Screen {
  return {
    content: [
      heading(words.unreachableTitle),
      paragraph(words.problems.unreachable, "lead"),
      actions(button(words.retry, () => dispatch({ type: "retry" }), "primary")),
    ],
  };
}
