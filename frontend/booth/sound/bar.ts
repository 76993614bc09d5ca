/** What a finger can do while the page is read aloud; keys do the same. Gone while nobody listens. */

import type { Translate } from "../messages/index.ts";
import { button, element } from "../views/elements.ts";
import type { Moves } from "./dark.ts";

const BUTTONS = ["again", "pause"] as const satisfies readonly (keyof Moves)[];

export class SoundBar {
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #element: HTMLElement;

  constructor(moves: Pick<Moves, (typeof BUTTONS)[number]>) {
    this.#buttons = BUTTONS.map((name) => button("", moves[name]));
    this.#element = element("div", { class: "sound-bar", role: "group" }, ...this.#buttons);
  }

  /** Stand below the header, or at the end of the dialog that is open before the page. */
  show(host: HTMLElement, t: Translate): void {
    BUTTONS.forEach((name, i) => {
      this.#buttons[i]!.textContent = t(`sound.${name}`);
    });
    this.#element.setAttribute("aria-label", t("sound.title"));
    if (host.contains(this.#element)) return;
    const head = host.querySelector(".head");
    if (head === null) host.append(this.#element);
    else head.after(this.#element);
  }

  hide(): void {
    this.#element.remove();
  }
}
