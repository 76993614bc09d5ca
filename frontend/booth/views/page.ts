/** The one page of the booth: whose election it is, the language, what went wrong, and the step of the moment. */

import { LANGUAGES, type Language, type Words, wordsIn } from "../messages/index.ts";
import type { State, Step } from "../state.ts";
import { sealingScreen, sendingScreen, unreachableScreen } from "./casting.ts";
import { chooseScreen } from "./choose.ts";
import { element } from "./elements.ts";
import { alarmScreen, receiptScreen, refusedScreen } from "./ending.ts";
import { loadingScreen, noticeScreen } from "./notice.ts";
import { PauseDialog } from "./pause.ts";
import { reviewScreen } from "./review.ts";
import type { Context, Dispatch, Screen } from "./screen.ts";
import { startScreen } from "./start.ts";

const SCREENS: Readonly<Record<Step["name"], (context: Context) => Screen>> = {
  loading: loadingScreen,
  notice: noticeScreen,
  start: startScreen,
  choose: chooseScreen,
  review: reviewScreen,
  sealing: sealingScreen,
  sending: sendingScreen,
  unreachable: unreachableScreen,
  refused: refusedScreen,
  receipt: receiptScreen,
  alarm: alarmScreen,
};

/** Shows states in `root`, and tells what the voter does. */
export class Page {
  readonly #dispatch: Dispatch;
  readonly #banner = element("p", { class: "rehearsal", hidden: true });
  readonly #election = element("p", { class: "election" });
  readonly #languages = element("div", { role: "group", class: "languages" });
  // The alert stays in the page while screens come and go, so that a change in it is read aloud.
  readonly #problem = element("p", { role: "alert", class: "problem" });
  readonly #content = element("div", { class: "screen" });
  readonly #pause: PauseDialog;
  #screen: Screen | undefined;
  #shown: State | undefined;

  constructor(root: HTMLElement, dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#pause = new PauseDialog(dispatch);
    // Which booth this is, as on its sign: for whoever joined it, and for a voter who calls for help.
    const device = element("p", { class: "device" }, element("bdi", {}, root.dataset["device"] ?? ""));
    const header = element("div", { class: "head" }, device, this.#election, this.#languages);
    root.replaceChildren(this.#banner, header, this.#problem, this.#content, this.#pause.element);
  }

  show(state: State): void {
    const words = wordsIn(state.language);
    const before = this.#shown;
    const isOtherLanguage = before?.language !== state.language;
    const isOtherStep = before?.step.name !== state.step.name || before.visit !== state.visit;
    this.#shown = state;
    this.#showFrame(state, words, isOtherLanguage);
    if (isOtherStep || isOtherLanguage) this.#build(state, words);
    this.#screen?.update?.(state);
    this.#problem.textContent = problemBeside(state.step, words);
    this.#pause.update(state, words);
    if (isOtherStep) this.#arrive();
  }

  #showFrame({ offering, language }: State, words: Words, isOtherLanguage: boolean): void {
    this.#election.textContent = offering ? `${offering.name}, ${offering.municipality}` : "";
    this.#banner.hidden = offering?.rehearsal !== true;
    this.#banner.replaceChildren(element("strong", {}, words.t("frame.rehearsal")), ` ${words.t("frame.rehearsalMeaning")}`);
    if (!isOtherLanguage) return;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    const hadFocus = this.#languages.contains(document.activeElement);
    this.#languages.setAttribute("aria-label", words.t("frame.language"));
    const buttons = LANGUAGES.map((one) => this.#languageButton(one, one === language));
    this.#languages.replaceChildren(...buttons);
    if (hadFocus) buttons[LANGUAGES.indexOf(language)]?.focus();
  }

  #languageButton(language: Language, isCurrent: boolean): HTMLButtonElement {
    const { name } = wordsIn(language);
    const click = (): void => this.#dispatch({ type: "language", language });
    const pressed = String(isCurrent);
    return element("button", { type: "button", class: "language", lang: language, "aria-pressed": pressed, click }, name);
  }

  #build(state: State, words: Words): void {
    this.#screen?.leave?.();
    this.#screen = SCREENS[state.step.name]({ state, words, t: words.t, dispatch: this.#dispatch });
    this.#content.replaceChildren(...this.#screen.content);
    const title = this.#content.querySelector("h1")?.textContent ?? "";
    document.title = [title, state.offering?.name].filter(Boolean).join(" – ");
  }

  /** A new screen begins at its top, with its heading read aloud. */
  #arrive(): void {
    window.scrollTo(0, 0);
    this.#content.querySelector("h1")?.focus({ preventScroll: true });
  }
}

/** The problem to tell beside a step; steps that consist of their problem tell it themselves. */
function problemBeside(step: Step, words: Words): string {
  if (step.name !== "start" && step.name !== "choose") return "";
  return step.problem === undefined ? "" : words.t(`problems.${step.problem}`);
}
