/** A tablet on which nobody can vote yet, any more, or at all says so. */

import { heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function loadingScreen({ t }: Context): Screen {
  return { content: [heading(t("notice.loadingTitle")), paragraph(t("notice.loadingText"), "lead working")] };
}

export function noticeScreen({ state, t }: Context): Screen {
  const problem = stepOf(state, "notice")?.problem ?? "unreachable";
  const title = problem === "not_open" || problem === "closed" ? problem : "other";
  return { content: [heading(t(`notice.${title}`)), paragraph(t(`problems.${problem}`), "lead")] };
}
