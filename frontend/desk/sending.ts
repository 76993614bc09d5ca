/** A form is sent without leaving the page: when no answer comes, the desk stands where it stood and says so. */

import type { Watch } from "./watch.ts";

const PATIENCE_MS = 10_000;

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
    addEventListener("popstate", () => location.reload());
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !("swap" in form.dataset)) return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) {
      if (typeof value === "string") body.append(name, value);
    }
    void this.#fetch(form.action, { method: "POST", body });
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-swap]") : null;
    if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.#fetch(link.href, { method: "GET" });
  }

  /** Pressed twice by impatience, a form is sent once. */
  async #fetch(address: string, init: RequestInit): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    document.body.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, {
        ...init,
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      // A refusal of the whole house, too, is shown where the desk stands: an address that was posted to cannot be opened.
      if (response.redirected) location.assign(response.url);
      else this.#show(page);
    } catch {
      if (init.method === "POST" && address.endsWith("/admit")) this.#watch.lost();
      else await this.#watch.look();
    } finally {
      this.#isBusy = false;
      document.body.removeAttribute("aria-busy");
    }
  }

  #show(page: Document): void {
    const [here, there] = [document.querySelector("main"), page.querySelector("main")];
    if (here === null || there === null) throw new Error("no page of the house");
    here.replaceChildren(...there.childNodes);
    document.title = page.title;
    scrollTo(0, 0);
    this.#arrived();
    const first = here.querySelector<HTMLElement>("[autofocus]") ?? here;
    first.focus();
  }
}
