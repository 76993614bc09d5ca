/** A form is sent without leaving the page: when no answer comes, the desk stands where it stood and says so. */

import { show } from "./parts.ts";
import type { Watch } from "./watch.ts";

const PATIENCE_MS = 10_000;

/**
 * What is sent, by the form's or link's `data-swap`: a question, which keeps nothing; an admission; anything else that is
 * kept; and what changes more of the page than its main part, so that all of it is fetched anew.
 */
const KINDS = { ask: "question", admit: "admission", whole: "whole" } as const;
type Kind = (typeof KINDS)[keyof typeof KINDS] | "other";

/** Sends the forms, and follows the links, that are marked `data-swap`; `arrived` is told when another page stands there. */
export class Sending {
  readonly #watch: Watch;
  readonly #arrived: () => void;
  #isBusy = false;

  constructor(watch: Watch, arrived: () => void) {
    this.#watch = watch;
    this.#arrived = arrived;
    document.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("click", (event) => this.#click(event));
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !("swap" in form.dataset)) return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) {
      if (typeof value === "string") body.append(name, value);
    }
    void this.#fetch(form.action, kindOf(form), { method: "POST", body });
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-swap]") : null;
    if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.#fetch(link.href, "question", { method: "GET" });
  }

  /** Pressed twice by impatience, a form is sent once. */
  async #fetch(address: string, kind: Kind, init: RequestInit): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    document.body.setAttribute("aria-busy", "true");
    show("again", false);
    try {
      const response = await fetch(address, {
        ...init,
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      // A refusal of the whole house, too, is shown where the desk stands: an address that was posted to cannot be opened.
      const isElsewhere = response.redirected && (kind === "whole" || page.querySelector("#desk") === null);
      if (isElsewhere) location.assign(response.url);
      else this.#show(page, response);
    } catch {
      await this.#miss(kind);
    } finally {
      this.#isBusy = false;
      document.body.removeAttribute("aria-busy");
    }
  }

  /** No answer came: a question is asked again, and of anything else nobody here knows whether it arrived. */
  async #miss(kind: Kind): Promise<void> {
    if (kind !== "question") {
      this.#watch.lost(kind === "admission" ? "admission" : "other");
      return;
    }
    await this.#watch.look();
    show("again", !this.#watch.isCut);
  }

  #show(page: Document, { redirected, url }: Response): void {
    const [here, there] = [document.querySelector("main"), page.querySelector("main")];
    if (here === null || there === null) throw new Error("no page of the house");
    // The page that an answer led to can be fetched again under its own address; no step is added to the way back.
    if (redirected) history.replaceState(history.state, "", url);
    here.replaceChildren(...there.childNodes);
    document.title = page.title;
    scrollTo(0, 0);
    this.#arrived();
    const first = here.querySelector<HTMLElement>("[autofocus]") ?? here;
    first.focus();
  }
}

function kindOf(form: HTMLFormElement): Kind {
  const named = form.dataset["swap"] ?? "";
  return named in KINDS ? KINDS[named as keyof typeof KINDS] : "other";
}
