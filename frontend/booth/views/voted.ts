/** Whose vote it is, as it is seen once more. */

import type { Translate } from "../messages/index.ts";
import type { Candidate } from "../offering.ts";
import type { Marks, State } from "../state.ts";
import { danish, element } from "./elements.ts";
import { portrait } from "./portrait.ts";

/** By face, number and name with its line, as list items. */
export function votedFor({ chosen, blank }: Marks, { offering }: State, t: Translate): readonly HTMLLIElement[] {
  if (blank) return [element("li", { class: "name" }, t("review.blankVote"))];
  return chosen.map((i) => line(offering?.candidates[i]));
}

function line(candidate: Candidate | undefined): HTMLLIElement {
  if (candidate === undefined) return element("li");
  const words = element("span", { class: "who" }, danish(candidate.name, "name"));
  if (candidate.line) words.append(" ", danish(candidate.line, "line"));
  return element("li", {}, ...portrait(candidate), element("span", { class: "number" }, `${candidate.number}.`), " ", words);
}
