/** The tablet around the booth's page: it stays awake, on this page and in this program, whoever stands before it. */

import type { Event, State } from "../state.ts";
import { Keeper } from "../worker/keeper.ts";
import { stayAwake } from "./awake.ts";
import { guardPage } from "./guard.ts";
import { isAtRest } from "./rest.ts";
import { StaffCorner } from "./staff.ts";

/** What the tablet is set up with; `base` is the address of the booth's page. */
interface Setting {
  readonly root: HTMLElement;
  readonly base: string;
  readonly every: (milliseconds: number, act: () => void) => () => void;
  readonly dispatch: (event: Event) => void;
}

export class Tablet {
  readonly #staff = new StaffCorner(() => this.#keeper.code());
  readonly #keeper: Keeper;
  readonly #dispatch: (event: Event) => void;

  constructor({ root, base, every, dispatch }: Setting) {
    this.#dispatch = dispatch;
    this.#keeper = new Keeper(base, {
      container: isSecureContext ? navigator.serviceWorker : undefined,
      every,
      freeze,
      reload: () => location.reload(),
      tell: (keeping) => this.#staff.tell({ keeping }),
    });
    root.append(this.#staff.element);
  }

  start(): void {
    let hiddenAt = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hiddenAt = Date.now();
      this.#dispatch(document.hidden ? { type: "hidden" } : { type: "seen", after: Date.now() - hiddenAt });
    });
    // The browser knows at once of a cable that was pulled out; that the house is there only its answer tells.
    addEventListener("offline", () => this.#dispatch({ type: "link", link: "down" }));
    guardPage();
    stayAwake((isAwake) => this.#staff.tell({ isAwake }));
    this.#keeper.start();
  }

  show(state: State): void {
    this.#staff.show(state);
    this.#keeper.rest(isAtRest(state));
  }
}

/** Take no press for a while. */
function freeze(milliseconds: number): void {
  document.body.inert = true;
  setTimeout(() => {
    document.body.inert = false;
  }, milliseconds);
}
