/** To find a name on a long ballot paper: its letters to press, or a field for a name or a number. Nothing of it leaves the tablet. */

import { letters } from "../finding.ts";
import type { Translate } from "../messages/index.ts";
import type { Candidate } from "../offering.ts";
import type { Place, Turn } from "../place.ts";
import { button, danish, element } from "./elements.ts";

export class Finder {
  readonly opener: HTMLButtonElement;
  readonly section: HTMLElement;
  readonly #field: HTMLInputElement;

  /** `follow` turns to what was found and goes there, `type` shows it while she goes on writing. */
  constructor(candidates: readonly Candidate[], t: Translate, follow: (turn: Turn) => void, type: (turn: Turn) => void) {
    const opener = button(t("ballot.find"), () => type({ to: "finding", isFinding: this.section.hidden === true }));
    opener.setAttribute("aria-controls", "finder");
    this.opener = opener;
    this.#field = element("input", {
      id: "find",
      type: "search",
      class: "code",
      autocomplete: "off",
      autocapitalize: "none",
      autocorrect: "off",
      spellcheck: "false",
      maxlength: "60",
      enterkeyhint: "search",
      input: () => type({ to: "query", query: this.#field.value, isFinding: true }),
    });
    const submit = (event: Event): void => {
      event.preventDefault();
      follow({ to: "query", query: this.#field.value, isFinding: false });
    };
    const keys = letters(candidates).map((letter) => {
      const key = button("", () => follow({ to: "query", query: letter, isFinding: false }));
      key.append(danish(letter));
      return key;
    });
    this.section = element(
      "section",
      { id: "finder", class: "finder", "aria-label": t("ballot.find") },
      element("div", { role: "group", class: "letters-to-find", "aria-label": t("ballot.letters") }, ...keys),
      element(
        "form",
        { submit, novalidate: true, role: "search" },
        element("label", { for: "find" }, t("ballot.query")),
        element("div", { class: "find" }, this.#field, element("button", { type: "submit", class: "plain" }, t("ballot.show"))),
      ),
    );
  }

  show({ query, isFinding }: Place): void {
    this.section.hidden = !isFinding;
    this.opener.setAttribute("aria-expanded", String(isFinding));
    if (this.#field.value !== query) this.#field.value = query;
  }
}
