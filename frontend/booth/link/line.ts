/** Whether the house answers, said on every screen, and what that means for the voter in front of it. */

import type { Words } from "../messages/index.ts";
import type { State, Step } from "../state.ts";
import { element } from "../views/elements.ts";

/** What a voter may go on doing. A ballot on its way goes by itself, and what was cast stays cast. */
const MEANING: Partial<Record<Step["name"], "waiting" | "choosing" | "onItsWay" | "cast">> = {
  loading: "waiting",
  notice: "waiting",
  language: "waiting",
  start: "waiting",
  choose: "choosing",
  asked: "choosing",
  review: "choosing",
  decide: "choosing",
  sending: "onItsWay",
  unreachable: "onItsWay",
  receipt: "cast",
};

/** A line under the header, empty while all is well; it is read aloud when the voter has heard the rest. */
export class LinkLine {
  readonly element = element("p", { class: "link", role: "status" });
  #wasDown = false;
  #step: Step["name"] | undefined;

  update({ link, step }: State, { t }: Words): void {
    if (step.name !== this.#step) this.#wasDown = false;
    this.#step = step.name;
    if (link === "down") this.#wasDown = true;
    const meaning = MEANING[step.name];
    const text = link === "down" ? t(`link.${meaning ?? "down"}`) : this.#wasDown && meaning === "choosing" ? t("link.back") : "";
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
