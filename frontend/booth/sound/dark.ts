/** A black screen for whoever listens: nobody looks over her shoulder, and large zones do what the keys do. */

import type { Translate } from "../messages/index.ts";
import { button, element } from "../views/elements.ts";

/** What the zones do, in the order in which they lie on the screen. */
export interface Moves {
  readonly show: () => void;
  readonly pause: () => void;
  readonly back: () => void;
  readonly again: () => void;
  readonly next: () => void;
  readonly choose: () => void;
}

const ZONES = ["show", "pause", "back", "again", "next", "choose"] as const satisfies readonly (keyof Moves)[];

export class DarkScreen {
  readonly #element = element("div", { class: "dark" });

  constructor(moves: Moves) {
    for (const zone of ZONES) {
      const made = button("", moves[zone]);
      made.classList.add(`dark-${zone}`);
      // Below it the focus stays where it is: Enter and the keys go on from there.
      made.tabIndex = -1;
      made.addEventListener("pointerdown", (event) => event.preventDefault());
      made.addEventListener("mousedown", (event) => event.preventDefault());
      this.#element.append(made);
    }
  }

  /** Lie over `host`: the page, or the dialog that is open before it. */
  show(host: HTMLElement, t: Translate): void {
    ZONES.forEach((zone, i) => {
      this.#element.children[i]!.textContent = t(`sound.${zone}`);
    });
    if (this.#element.parentElement !== host) host.append(this.#element);
  }

  hide(): void {
    this.#element.remove();
  }
}
