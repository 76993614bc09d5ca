/** The one page of the booth: the frame, what went wrong, and the step of the moment. */

import { type Words, wordsIn } from "../messages/index.ts";
import type { State, Step } from "../state.ts";
import { sendingScreen, unansweredScreen, unreachableScreen } from "./casting.ts";
import { askedScreen } from "./asked.ts";
import { chooseScreen } from "./choose.ts";
import { challengeScreen, openedScreen } from "./commitment.ts";
import { element } from "./elements.ts";
import { alarmScreen, receiptScreen, refusedScreen } from "./ending.ts";
import { Frame } from "./frame.ts";
import { languageScreen } from "./language.ts";
import { loadingScreen, noticeScreen } from "./notice.ts";
import { paperScreen, paperlessScreen, spoiltScreen } from "./paper.ts";
import { PanelDialog } from "./panel.ts";
import { PauseDialog } from "./pause.ts";
import { Presses } from "./presses.ts";
import { decideScreen, reviewScreen } from "./review.ts";
import type { Context, Dispatch, Screen } from "./screen.ts";
import { startScreen } from "./start.ts";

const SCREENS: Readonly<Record<Step["name"], (context: Context) => Screen>> = {
  loading: loadingScreen,
  notice: noticeScreen,
  language: languageScreen,
  start: startScreen,
  choose: chooseScreen,
  asked: askedScreen,
  review: reviewScreen,
  decide: decideScreen,
  challenge: challengeScreen,
  opened: openedScreen,
  paper: paperScreen,
  paperless: paperlessScreen,
  spoilt: spoiltScreen,
  sending: sendingScreen,
  unreachable: unreachableScreen,
  unanswered: unansweredScreen,
  refused: refusedScreen,
  receipt: receiptScreen,
  alarm: alarmScreen,
};

/** Shows states in `root`, and tells what the voter does. */
export class Page {
  readonly #dispatch: Dispatch;
  readonly #check: string;
  readonly #frame: Frame;
  // The alert stays in the page while screens come and go, so that a change in it is read aloud.
  readonly #problem = element("p", { role: "alert", class: "problem" });
  readonly #content = element("div", { class: "screen" });
  readonly #panel: PanelDialog;
  readonly #pause: PauseDialog;
  #screen: Screen | undefined;
  #shown: State | undefined;

  constructor(root: HTMLElement, dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#check = root.dataset["check"] ?? "";
    this.#frame = new Frame(root.dataset["device"] ?? "", dispatch);
    this.#panel = new PanelDialog(dispatch);
    this.#pause = new PauseDialog(dispatch);
    const { banner, header, foot } = this.#frame;
    root.replaceChildren(banner, header, this.#problem, this.#content, foot, this.#panel.element, this.#pause.element);
    const presses = new Presses();
    const refuse = (event: MouseEvent): void => {
      if (this.#shown === undefined || !presses.isRepeated(event, this.#shown)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    root.addEventListener("click", refuse, { capture: true });
  }

  show(state: State): void {
    const words = wordsIn(state.language);
    const before = this.#shown;
    const isOtherLanguage = before?.language !== state.language;
    const isOtherStep = before?.step.name !== state.step.name || before.visit !== state.visit;
    this.#shown = state;
    this.#frame.update(state, words);
    if (isOtherStep) this.#build(state, words);
    else if (isOtherLanguage) this.#retell(state, words);
    this.#screen?.update?.(state);
    this.#problem.textContent = problemBeside(state.step, words);
    this.#panel.update(state, words);
    this.#pause.update(state, words, isOtherLanguage);
    if (isOtherStep) this.#arrive();
  }

  #build(state: State, words: Words): void {
    this.#screen?.leave?.();
    this.#screen = SCREENS[state.step.name]({ state, words, t: words.t, dispatch: this.#dispatch, check: this.#check });
    this.#content.replaceChildren(...this.#screen.content);
    const title = this.#content.querySelector("h1")?.textContent ?? "";
    document.title = [title, state.offering?.name].filter(Boolean).join(" – ");
  }

  /** The same screen in another language; what is typed and not yet sent stays. */
  #retell(state: State, words: Words): void {
    const typed = [...this.#content.querySelectorAll<HTMLInputElement>("input[type=text], input[type=search]")];
    const texts = new Map(typed.map(({ id, value }) => [id, value]));
    this.#build(state, words);
    for (const [id, text] of texts) {
      const input = this.#content.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`);
      if (input) input.value = text;
    }
  }

  /** A new screen begins at its top, with its heading read aloud. */
  #arrive(): void {
    window.scrollTo(0, 0);
    this.#content.querySelector("h1")?.focus({ preventScroll: true });
  }
}

/** The problem to tell beside a step; steps that consist of their problem tell it themselves. */
function problemBeside(step: Step, words: Words): string {
  if (step.name !== "start" && step.name !== "choose" && step.name !== "decide") return "";
  return step.problem === undefined ? "" : words.t(`problems.${step.problem}`);
}
