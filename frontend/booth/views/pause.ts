/** Before a screen is cleared for want of a voter, the voter is asked whether she is still there. */

import type { Translate, Words } from "../messages/index.ts";
import type { State } from "../state.ts";
import { actions, button, element, paragraph } from "./elements.ts";
import type { Dispatch } from "./screen.ts";

/** A dialog that is open exactly while the state is pausing. */
export class PauseDialog {
  readonly element = element("dialog", { "aria-labelledby": "pause-title" });
  readonly #dispatch: Dispatch;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      dispatch({ type: "stay" });
    });
  }

  update(state: State, { t }: Words, isOtherLanguage: boolean): void {
    if (!state.pausing) {
      this.element.close();
      this.element.replaceChildren();
    } else if (!this.element.open || isOtherLanguage) {
      this.element.replaceChildren(...this.#content(state, t));
      if (!this.element.open) this.element.showModal();
    }
  }

  #content({ step }: State, t: Translate): readonly HTMLElement[] {
    if (step.name === "receipt") return this.#asked(t("receipt.more"), t, t("receipt.leaving"));
    const standing = step.name === "unreachable" || step.name === "unanswered" ? t("pause.unconfirmed") : t("pause.notCast");
    return this.#asked(t("pause.stay"), t, t("pause.text"), standing);
  }

  #asked(stay: string, t: Translate, ...texts: readonly string[]): readonly HTMLElement[] {
    return [
      element("h2", { id: "pause-title" }, t("pause.title")),
      ...texts.map((text) => paragraph(text)),
      actions(
        button(stay, () => this.#dispatch({ type: "stay" }), "primary"),
        button(t("pause.clear"), () => this.#dispatch({ type: "clear" })),
      ),
    ];
  }
}
