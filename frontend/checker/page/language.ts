/** The choice of a language, for pages that are written anew in the one that is chosen. */

import { make } from "./elements.ts";
import type { Words } from "./messages.ts";

type Name = Pick<Words, "language" | "name" | "direction">;

/** A field that names each language in itself. `choose` writes the page anew; the choice is where the reader goes on from. */
export function languageField(now: Words<"language">, offered: readonly Name[], choose: (language: string) => void): HTMLElement {
  const options = offered.map(({ language, name, direction }) =>
    make("option", { value: language, lang: language, dir: direction, selected: language === now.language }, name),
  );
  const select = make("select", { id: "language" }, ...options);
  select.addEventListener("change", () => {
    choose(select.value);
    document.getElementById("language")?.focus();
  });
  return make("p", { class: "language" }, make("label", { for: select.id }, now.say("language")), " ", select);
}
