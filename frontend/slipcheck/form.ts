/** A form that needs a slip: the code is scanned or typed, turned into its public half and a proof, and forgotten. */

import { Scanner } from "../booth/scanner.ts";
import { askAbout } from "../booth/sealing.ts";
import { readSlip } from "../booth/slip.ts";

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/**
 * The page holds every sentence, hidden; this shows and hides them.
 *
 * The field in which the code is typed has no name, so no browser sends it; what is sent are the form's own fields
 * `credential` and `proof`. `data-slip` on the form is the election's id; with `data-slip-optional` it may go without a slip.
 */
export class SlipForm {
  readonly #form: HTMLFormElement;
  readonly #scanner: Scanner;
  #scanned: string | undefined;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#scanner = new Scanner(this.#part<HTMLVideoElement>("view"), (text) => this.#see(text));
    form.addEventListener("submit", (event) => this.#send(event));
    this.#code.addEventListener("input", () => this.#typed());
    this.#part("camera").addEventListener("click", () => void this.#look(() => this.#scanner.start()));
    this.#part("turn").addEventListener("click", () => void this.#look(() => this.#scanner.change()));
    this.#part("ready").hidden = false;
    this.#part("missing").hidden = true;
  }

  /** Forget the code, and let the camera see nothing more. */
  forget(): void {
    this.#scanned = undefined;
    this.#code.value = "";
    this.#scanner.stop();
    this.#part("view").hidden = true;
  }

  get #code(): HTMLInputElement {
    return this.#part<HTMLInputElement>("code");
  }

  #part<Kind extends HTMLElement>(name: string): Kind {
    const found = this.#form.querySelector<Kind>(`[data-slip-part="${name}"]`);
    if (found === null) throw new Error(`the form has no ${name}`);
    return found;
  }

  async #look(turnOn: () => Promise<boolean>): Promise<void> {
    this.#say("none");
    this.#part("view").hidden = false;
    const on = await turnOn();
    this.#part("view").hidden = !on;
    this.#part("turn").hidden = !(on && this.#scanner.hasOtherCamera);
    if (!on) this.#say("dark");
  }

  #see(text: string): void {
    const slip = readSlip(text);
    if (slip === undefined) {
      this.#say("wrong");
      return;
    }
    this.forget();
    this.#scanned = slip;
    this.#say("read");
    this.#form.querySelector<HTMLElement>("button[type=submit]")?.focus();
  }

  #typed(): void {
    this.#scanned = undefined;
    this.#say("none");
  }

  #say(which: "none" | "read" | "wrong" | "dark"): void {
    for (const each of ["read", "wrong", "dark"]) this.#part(each).hidden = each !== which;
  }

  /** Fill in what is sent, or say why nothing is; the form then goes its way, on the page of a desk without leaving it. */
  #send(event: Event): void {
    if (document.body.hasAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    const typed = this.#code.value.trim();
    const slip = typed === "" ? this.#scanned : readSlip(typed);
    const without = typed === "" && slip === undefined && "slipOptional" in this.#form.dataset;
    if (slip === undefined && !without) {
      event.preventDefault();
      this.#say("wrong");
      this.#code.focus();
      return;
    }
    this.#answer(slip);
    this.forget();
    if ("swap" in this.#form.dataset) return;
    this.#form.querySelectorAll("button").forEach((button) => (button.disabled = true));
  }

  /** Put the slip's public half and the proof that it lies here into the fields that are sent; nothing for no slip. */
  #answer(slip: string | undefined): void {
    const about = { uuid: this.#form.dataset["slip"] ?? "" };
    const asked = slip === undefined ? undefined : askAbout(about, slip, random);
    const field = (name: string): HTMLInputElement => this.#form.elements.namedItem(name) as HTMLInputElement;
    field("credential").value = asked?.credential ?? "";
    field("proof").value = asked === undefined ? "" : JSON.stringify(asked.proof);
  }
}
