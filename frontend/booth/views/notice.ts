/** A tablet on which nobody can vote yet, any more, or at all says so. */

import { heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function loadingScreen({ words }: Context): Screen {
  return { content: [heading(words.loadingTitle), paragraph(words.loadingText, "lead working")] };
}

export function noticeScreen({ state, words }: Context): Screen {
  const problem = stepOf(state, "notice")?.problem ?? "unreachable";
  const title = problem === "not_open" || problem === "closed" ? problem : "other";
  return { content: [heading(words.noticeTitles[title]), paragraph(words.problems[problem], "lead")] };
}
