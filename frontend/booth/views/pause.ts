/** Before a screen is cleared for want of a voter, the voter is asked whether she is still there. */

import type { Catalogue } from "../messages/index.ts";
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

  update(state: State, words: Catalogue): void {
    if (!state.pausing) {
      this.element.close();
      this.element.replaceChildren();
    } else if (!this.element.open) {
      this.element.replaceChildren(...this.#content(state, words));
      this.element.showModal();
    }
  }

  #content({ step }: State, words: Catalogue): readonly HTMLElement[] {
    const standing = step.name === "unreachable" ? words.pauseUnconfirmed : words.pauseNotCast;
    return [
      element("h2", { id: "pause-title" }, words.pauseTitle),
      paragraph(words.pauseText),
      paragraph(standing),
      actions(
        button(words.stay, () => this.#dispatch({ type: "stay" }), "primary"),
        button(words.clearNow, () => this.#dispatch({ type: "clear" })),
      ),
    ];
  }
}
