/** The desk says at once when it is cut off, takes nothing meanwhile, and comes back by itself. */

import { part, show } from "./parts.ts";
import { ask, type Heard, type Standing } from "./standing.ts";

const ASK_EVERY_MS = 2000;

/** What may have been kept though no answer came: an admission, or anything else. */
const UNSURE = ["admission", "other"] as const;
export type Lost = (typeof UNSURE)[number];

/** What a device remembers of its own: the last message and answered case that were read here, and what is uncertain. */
const REMEMBERED = "desk-read";

export class Watch {
  readonly #address: string;
  readonly #memory: string;
  #heard: Heard["kind"] = "standing";
  #message = "";
  #unsure: string;

  constructor(desk: HTMLElement) {
    this.#address = desk.dataset["state"] ?? "";
    this.#memory = `${REMEMBERED}-${desk.dataset["election"] ?? ""}`;
    this.#unsure = this.#recall("unsure");
    part("read", desk)?.addEventListener("click", () => this.#acknowledge());
    part("seen", desk)?.addEventListener("click", () => {
      this.#tellUnsure("");
      toField();
    });
    // A form that is sent, or a page that is left, while nobody answers would be lost, and look as if it had been kept.
    document.addEventListener("submit", (event) => this.#refuse(event), { capture: true });
    document.addEventListener("click", (event) => this.#refuse(event), { capture: true });
  }

  /** Whether nothing may be sent now. */
  get isCut(): boolean {
    return this.#heard !== "standing";
  }

  /** Ask again and again, as long as the page lives. */
  async start(): Promise<void> {
    for (;;) {
      if (document.visibilityState === "visible") await this.look();
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  /** Ask once, and show what was heard. */
  async look(): Promise<void> {
    this.#tell(await ask(this.#address));
  }

  /** Something was sent and no answer came: nobody here knows whether it arrived, also when the house is back. */
  lost(what: Lost): void {
    this.#tellUnsure(what);
    this.#tell({ kind: "cut" });
  }

  /** Another page stands there: with an answer on it the desk knows again where it stands. */
  arrived(): void {
    this.#tellUnsure(document.querySelector("main [data-sound]") === null ? this.#unsure : "");
    this.#redraw();
  }

  /** Say what is uncertain until somebody has seen to it, on whatever page of this device. */
  #tellUnsure(what: string): void {
    this.#unsure = what;
    this.#remember("unsure", what);
    show("unsure", what !== "");
    for (const one of UNSURE) show(`unsure-${one}`, one === what);
  }

  /** Bring what the page now shows in line with what was heard last. */
  #redraw(): void {
    for (const form of document.querySelectorAll<HTMLFormElement>("main form")) {
      for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
        button.disabled = this.isCut;
      }
    }
  }

  #tell(heard: Heard): void {
    const wasCut = this.isCut;
    this.#heard = heard.kind;
    for (const kind of ["cut", "revoked", "signed-out"] as const) show(kind, heard.kind === kind);
    if (heard.kind === "standing") this.#show(heard.standing);
    if (wasCut !== this.isCut) this.#redraw();
    if (this.isCut) show("again", false);
  }

  #show(standing: Standing): void {
    show("closed", standing.poll === "closed");
    show("doors", standing.poll === "open" && standing.doorsShut);
    this.#showMessage(standing);
    this.#showAnswered(standing.answered);
  }

  #showMessage({ message }: Standing): void {
    this.#message = message?.id ?? "";
    const isNew = message !== undefined && this.#recall("message") !== message.id;
    const text = part("text");
    const sender = part("sender");
    if (isNew && text !== undefined && sender !== undefined && text.textContent !== message.text) {
      text.textContent = message.text;
      sender.textContent = message.sender;
    }
    show("message", isNew);
  }

  #showAnswered(answered: readonly string[]): void {
    const waiting = document.querySelector<HTMLElement>("[data-awaits]")?.dataset["awaits"] ?? "";
    const isMine = waiting !== "" && answered.includes(waiting);
    if (isMine && isAtRest()) {
      location.reload();
      return;
    }
    const newest = answered[0] ?? "";
    if (document.querySelector("[data-answers-read]") !== null) this.#remember("answered", newest);
    show("answered", isMine || (newest !== "" && this.#recall("answered") !== newest));
  }

  #acknowledge(): void {
    this.#remember("message", this.#message);
    show("message", false);
    toField();
  }

  #refuse(event: Event): void {
    if (!this.isCut || !(event.target instanceof Element)) return;
    const isOwn = event.type === "submit" || event.target.closest("main a, nav.desk a, .queue a") !== null;
    if (!isOwn) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    part("cut")?.scrollIntoView({ block: "nearest" });
  }

  #recall(what: string): string {
    return stored(() => localStorage.getItem(`${this.#memory}-${what}`)) ?? "";
  }

  #remember(what: string, value: string): void {
    stored(() => localStorage.setItem(`${this.#memory}-${what}`, value));
  }
}

/** Whether the page can be fetched anew under the official's hands: nothing is typed, filmed or on its way. */
function isAtRest(): boolean {
  const typed = [...document.querySelectorAll<HTMLInputElement>("main form.search input:not([type=hidden])")];
  const view = part("view");
  const isFilming = view !== undefined && !view.hidden;
  return typed.every((field) => field.value === "") && !isFilming && !document.body.hasAttribute("aria-busy");
}

/** The next thing that is scanned or typed goes into the page's field. */
function toField(): void {
  document.querySelector<HTMLElement>("main [autofocus]")?.focus();
}

/** A browser that keeps nothing forgets what was read, and goes on. */
function stored<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
