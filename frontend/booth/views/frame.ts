/** What stands around every screen: whose election it is, what may be set at any time, and a word of help. */

import { AUTHENTIC, type Words } from "../messages/index.ts";
import { LinkLine } from "../link/line.ts";
import { isSilent } from "../sound/sound.ts";
import type { Panel, State } from "../state.ts";
import { danish, element } from "./elements.ts";
import { globe, speaker } from "./icons.ts";
import type { Dispatch } from "./screen.ts";

/** The parts of the frame; what else stands on every screen gets its place here. */
export class Frame {
  readonly banner = element("p", { class: "rehearsal", hidden: true });
  readonly header: HTMLElement;
  readonly foot: HTMLElement;
  readonly #election = element("p", { class: "election" });
  readonly #languages: HTMLButtonElement;
  readonly #settings: HTMLButtonElement;
  readonly #sound: HTMLButtonElement;
  readonly #help = element("p", { class: "help" });
  readonly #authentic = element("p", { class: "hint" });
  readonly #silent = element("p", { class: "hint" });
  readonly #link = new LinkLine();

  /** `device` is which booth this is, as on its sign: for whoever joined it, and for a voter who calls for help. */
  constructor(device: string, dispatch: Dispatch) {
    const opens = (panel: Panel): HTMLButtonElement =>
      element("button", { type: "button", class: "tool", "aria-haspopup": "dialog", click: () => dispatch({ type: "panel", panel }) });
    this.#languages = opens("languages");
    this.#settings = opens("settings");
    this.#sound = opens("sound");
    this.header = element(
      "div",
      { class: "head" },
      element("div", { class: "where" }, element("p", { class: "device" }, danish(device)), this.#election),
      element("div", { class: "tools" }, this.#languages, this.#settings, this.#sound),
      this.#link.element,
    );
    this.foot = element("div", { class: "around" }, this.#help, this.#silent, this.#authentic);
  }

  update(state: State, words: Words): void {
    const { offering, preferences, step, audible } = state;
    const { t } = words;
    this.#link.update(state, words);
    const root = document.documentElement;
    root.lang = words.language;
    root.dir = words.direction;
    root.dataset["size"] = preferences.size;
    root.dataset["contrast"] = preferences.contrast;
    root.dataset["scheme"] = preferences.scheme;
    this.banner.hidden = offering?.rehearsal !== true;
    this.banner.replaceChildren(element("strong", {}, t("frame.rehearsal")), ` ${t("frame.rehearsalMeaning")}`);
    this.#election.replaceChildren(...(offering ? [danish(`${offering.name}, ${offering.municipality}`)] : []));
    // Where all languages stand on the screen itself, no button leads to them.
    this.#languages.hidden = step.name === "language";
    this.#languages.replaceChildren(globe(), element("span", {}, t("frame.language"), ": ", words.name));
    this.#settings.replaceChildren(
      element("span", { class: "letters", "aria-hidden": "true" }, "Aa"),
      element("span", { class: "tool-name" }, t("settings.title")),
    );
    // A tablet that cannot be heard in her language offers nothing to hear.
    this.#sound.hidden = !audible.includes(words.language);
    this.#sound.replaceChildren(speaker(), element("span", { class: "tool-name" }, t("sound.listen")));
    this.#help.replaceChildren(element("strong", {}, t("frame.help")), ` ${t(`help.${step.name}`)}`);
    this.#silent.textContent = t("sound.silent");
    this.#silent.hidden = !isSilent(state);
    this.#authentic.textContent = t("frame.authentic");
    this.#authentic.hidden = words.language === AUTHENTIC;
  }
}
