/** What a voter may set at any time, beside the step she is in: her language, how the page looks, and whether it is heard. */

import type { Translate, Words } from "../messages/index.ts";
import type { Panel, Preferences, State } from "../state.ts";
import { actions, button, element, paragraph } from "./elements.ts";
import { languageList } from "./language.ts";
import type { Dispatch } from "./screen.ts";

/** The steps of each preference, the first as the tablet comes. */
const CHOICES = {
  size: ["normal", "large", "largest"],
  contrast: ["normal", "high"],
  scheme: ["system", "light", "dark"],
  sound: ["off", "on"],
  rate: ["slow", "normal", "fast"],
  volume: ["low", "normal", "high"],
  screen: ["lit", "dark"],
} as const satisfies { readonly [Name in keyof Preferences]: readonly Preferences[Name][] };

/** Whose section of the catalogues has the words of a preference. */
const SECTIONS = {
  size: "settings",
  contrast: "settings",
  scheme: "settings",
  sound: "sound",
  rate: "sound",
  volume: "sound",
  screen: "sound",
} as const satisfies Readonly<Record<keyof Preferences, string>>;

const TITLES = { languages: "language.title", settings: "settings.title", sound: "sound.title" } as const;

/** A dialog that is open exactly while the state has a panel. Closed, it gives the focus back to the button that opened it. */
export class PanelDialog {
  readonly element = element("dialog", { class: "panel", "aria-labelledby": "panel-title" });
  readonly #dispatch: Dispatch;
  #shown: State | undefined;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      dispatch({ type: "panel" });
    });
  }

  update(state: State, words: Words): void {
    const before = this.#shown;
    this.#shown = state;
    const { panel, language, preferences } = state;
    if (panel === undefined) {
      this.element.close();
      this.element.replaceChildren();
      return;
    }
    if (before?.panel !== panel || before.language !== language) this.element.replaceChildren(...this.#content(panel, words));
    for (const made of this.element.querySelectorAll<HTMLElement>("[data-value]")) {
      const name = made.dataset["preference"] as keyof Preferences;
      made.setAttribute("aria-pressed", String(preferences[name] === made.dataset["value"]));
    }
    if (!this.element.open) this.element.showModal();
  }

  #content(panel: Panel, { language, t }: Words): readonly HTMLElement[] {
    const close = button(t("settings.close"), () => this.#dispatch({ type: "panel" }), "primary");
    const title = element("h2", { id: "panel-title" }, t(TITLES[panel]));
    if (panel === "languages") return [title, languageList(this.#dispatch, language), actions(close)];
    if (panel === "settings") return [title, this.#group("size", t), this.#group("contrast", t), this.#group("scheme", t), actions(close)];
    const groups = (["sound", "rate", "volume", "screen"] as const).map((name) => this.#group(name, t));
    return [title, paragraph(t("sound.headphones"), "lead"), ...groups, paragraph(t("sound.keys"), "hint"), actions(close)];
  }

  #group(name: keyof typeof CHOICES, t: Translate): HTMLElement {
    const id = `set-${name}`;
    const buttons = CHOICES[name].map((value) => {
      const change = { [name]: value } as Partial<Preferences>;
      const made = button(t(wordOf(name, value)), () => this.#dispatch({ type: "prefer", change }));
      made.dataset["preference"] = name;
      made.dataset["value"] = value;
      return made;
    });
    const group = element("div", { role: "group", "aria-labelledby": id, class: "options" }, ...buttons);
    return element("section", {}, element("h3", { id }, t(titleOf(name))), group);
  }
}

type Title = { [Name in keyof typeof CHOICES]: `${(typeof SECTIONS)[Name]}.${Name}` }[keyof typeof CHOICES];

type Word = {
  [Name in keyof typeof CHOICES]: `${(typeof SECTIONS)[Name]}.${Name}_${(typeof CHOICES)[Name][number]}`;
}[keyof typeof CHOICES];

function titleOf(name: keyof typeof CHOICES): Title {
  return `${SECTIONS[name]}.${name}` as Title;
}

function wordOf(name: keyof typeof CHOICES, value: string): Word {
  return `${SECTIONS[name]}.${name}_${value}` as Word;
}
