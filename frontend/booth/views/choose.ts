/** The ballot paper: the candidates in ballot order, and the blank vote by itself at the end. */

import type { Candidate } from "../offering.ts";
import { actions, button, danish, element, heading, paragraph } from "./elements.ts";
import { portrait } from "./portrait.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

export function chooseScreen({ state, t, dispatch }: Context): Screen {
  const { most = 1, blank = false, candidates = [] } = state.offering ?? {};
  const rule = t("ballot.rule", { most });
  const kind = most === 1 ? "radio" : "checkbox";
  const marks = candidates.map((_, candidate) =>
    input(kind, (on) => dispatch({ type: "mark", candidate, on })),
  );
  const blankMark = input(kind, (on) => dispatch({ type: "mark_blank", on }));
  const count = element("p", { role: "status", class: "count" });
  return {
    content: [
      heading(t("ballot.title")),
      paragraph(blank ? `${rule} ${t("ballot.blankToo")}` : rule, "lead"),
      element(
        "fieldset",
        {},
        element("legend", { class: "unseen" }, t("ballot.candidates")),
        element("ul", { class: "ballot" }, ...candidates.map((candidate, i) => row(candidate, marks[i]!))),
        ...(blank ? [blankRow(t("ballot.blank"), t("ballot.blankMeaning"), blankMark)] : []),
      ),
      element("div", { class: "foot" }, count, button(t("ballot.continue"), () => dispatch({ type: "review" }), "primary")),
      actions(button(t("ballot.cancel"), () => dispatch({ type: "clear" }))),
    ],
    update(next) {
      const step = stepOf(next, "choose");
      if (step === undefined) return;
      const { chosen, blank: isBlank } = step.marks;
      marks.forEach((mark, i) => {
        mark.checked = chosen.includes(i);
      });
      blankMark.checked = isBlank;
      count.textContent = isBlank ? t("ballot.blankChosen") : t("ballot.chosenOf", { chosen: chosen.length, most });
    },
  };
}

function input(type: "radio" | "checkbox", change: (on: boolean) => void): HTMLInputElement {
  const made = element("input", { type, name: "vote", autocomplete: "off" });
  made.addEventListener("change", () => change(made.checked));
  return made;
}

function row(candidate: Candidate, mark: HTMLInputElement): HTMLLIElement {
  const { number, name, line } = candidate;
  const words = element("span", { class: "who" }, danish(name, "name"));
  if (line) words.append(" ", danish(line, "line"));
  const place = element("span", { class: "number" }, `${number}.`);
  return element("li", {}, element("label", { class: "choice" }, mark, place, " ", ...portrait(candidate), words));
}

function blankRow(title: string, meaning: string, mark: HTMLInputElement): HTMLLabelElement {
  const words = element(
    "span",
    { class: "who" },
    element("span", { class: "name" }, title),
    " ",
    element("span", { class: "line" }, meaning),
  );
  return element("label", { class: "choice blank" }, mark, words);
}
