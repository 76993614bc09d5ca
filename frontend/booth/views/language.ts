/** The tablet waits for its next voter, who says first in which language she reads. */

import { LANGUAGES, wordsIn } from "../messages/index.ts";
import type { Language } from "../state.ts";
import { element, heading } from "./elements.ts";
import type { Context, Dispatch, Screen } from "./screen.ts";

export function languageScreen({ words, t, dispatch }: Context): Screen {
  const english = wordsIn("en");
  const alsoIn = english.language === words.language ? [] : [element("p", { class: "lead", lang: "en", dir: "ltr" }, english.t("language.title"))];
  return { content: [heading(t("language.title")), ...alsoIn, languageList(dispatch)] };
}

/** A button for each language, in its own name and script; the `current` one is marked. */
export function languageList(dispatch: Dispatch, current?: Language): HTMLUListElement {
  const items = LANGUAGES.map((language) => element("li", {}, languageButton(language, dispatch, current)));
  return element("ul", { class: "languages" }, ...items);
}

function languageButton(language: Language, dispatch: Dispatch, current: Language | undefined): HTMLButtonElement {
  const { name, direction, t } = wordsIn(language);
  const words = [element("span", { class: "name" }, name), element("span", { class: "begin" }, t("language.begin"))];
  return element(
    "button",
    {
      type: "button",
      class: "language",
      lang: language,
      dir: direction,
      "aria-current": current === language ? "true" : false,
      click: () => dispatch({ type: "language", language }),
    },
    ...(current === undefined ? words : words.slice(0, 1)),
  );
}
