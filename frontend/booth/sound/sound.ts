/** The booth aloud: off unless somebody asks, in her language, following her through the page; nothing of it is kept. */

import { type Key, type Translate, wordsIn } from "../messages/index.ts";
import type { Event, State } from "../state.ts";
import { SoundBar } from "./bar.ts";
import { cut } from "./cutting.ts";
import { DarkScreen } from "./dark.ts";
import { controlOf, isSet, itemAt, itemsOf, spokenOf } from "./items.ts";
import { Library, fetchFrom } from "./library.ts";
import { type Clip, NAMES } from "./pack.ts";
import { Player } from "./player.ts";

/** Whether others can listen here and she cannot: no recording speaks her language. Told of the election, not of what is loaded already. */
export function isSilent({ offering, language }: Pick<State, "offering" | "language">): boolean {
  const spoken = (offering?.recordings ?? []).map((recording) => recording.language);
  return spoken.length > 0 && !spoken.includes(language);
}

/** Whether this voter hears the page: she has asked, and her language has been recorded. */
export function listens({ preferences, audible, language }: State): boolean {
  return preferences.sound === "on" && audible.includes(language);
}

type Playing = Pick<Player, "set" | "say" | "add" | "again" | "pause" | "hush" | "stop">;

export class Sound {
  readonly #root: HTMLElement;
  readonly #dispatch: (event: Event) => void;
  readonly #library: Library;
  readonly #player: Playing;
  readonly #dark: DarkScreen;
  readonly #bar: SoundBar;
  #state: State | undefined;
  #screen = "";
  #isSet: boolean | undefined;
  #news = new Map<Element, string>();

  /** `touched` is told while something is heard; `base` is the address of the booth, with a slash at its end. */
  constructor(root: HTMLElement, base: string, dispatch: (event: Event) => void, touched: () => void) {
    this.#root = root;
    this.#dispatch = dispatch;
    this.#library = new Library(fetchFrom(base), (languages) => dispatch({ type: "audible", languages }));
    this.#player = new Player(touched);
    const moves = {
      show: () => this.#light(),
      pause: () => this.#player.pause(),
      back: () => this.#move(-1),
      again: () => this.#player.again(),
      next: () => this.#move(1),
      choose: () => this.#choose(),
    };
    this.#dark = new DarkScreen(moves);
    this.#bar = new SoundBar(moves);
    root.addEventListener("focusin", (event) => this.#meet(event.target as Element));
    // A finger on a sentence has it read; on a control it presses it.
    root.addEventListener("click", (event) => this.#meet(event.target as Element, true));
    addEventListener("keydown", (event) => this.#key(event), { capture: true });
    // Headphones that are pulled out must not leave a vote to the loudspeaker: it goes on at her next press.
    if ("mediaDevices" in navigator) navigator.mediaDevices.addEventListener("devicechange", () => this.#player.hush());
  }

  /** The page shows this state now. */
  follow(state: State): void {
    const before = this.#state;
    this.#state = state;
    this.#library.offer(state.offering?.recordings ?? []);
    if (!listens(state)) {
      if (before !== undefined && listens(before)) this.#player.stop();
      this.#screen = "";
      this.#news.clear();
      this.#dark.hide();
      this.#bar.hide();
      return;
    }
    const { t } = wordsIn(state.language);
    this.#player.set(state.preferences);
    this.#bar.show(this.#host(), t);
    if (state.preferences.screen === "dark") this.#dark.show(this.#host(), t);
    else this.#dark.hide();
    this.#tell(state, t);
  }

  /** Read a new screen from its beginning; of the same one, only what is news. */
  #tell(state: State, t: Translate): void {
    const { visit, step, panel, pausing, language } = state;
    const screen = [visit, step.name, panel, pausing, language].join(" ");
    const news = this.#takeNews();
    if (screen !== this.#screen) {
      this.#screen = screen;
      const focused = this.#focusedItem();
      const items = itemsOf(this.#host()).filter((item) => controlOf(item) === undefined && item.closest(".head") === null);
      const control = focused && controlOf(focused) ? [focused] : [];
      this.#player.say([...items, ...control].flatMap((item) => this.#clipsOf(item)));
    } else {
      const focused = this.#focusedItem();
      const isNowSet = focused && isSet(focused);
      const mark = isNowSet === undefined || isNowSet === this.#isSet ? [] : this.#said(isNowSet, t);
      // What she did interrupts; what happens by itself waits until the rest was said.
      if (mark.length > 0) this.#player.say(mark);
      this.#player.add(news.flatMap((item) => this.#clipsOf(item)));
    }
    const focused = this.#focusedItem();
    this.#isSet = focused && isSet(focused);
  }

  /** The lines of state and of trouble whose words have changed. */
  #takeNews(): readonly HTMLElement[] {
    const lines = [...this.#root.querySelectorAll<HTMLElement>("[role=status], [role=alert]")];
    const news = lines.filter((line) => line.textContent !== "" && line.textContent !== this.#news.get(line));
    this.#news = new Map(lines.map((line) => [line, line.textContent ?? ""]));
    return news;
  }

  /** She has come to a part of the page: by focus, or by a finger that pressed nothing. */
  #meet(element: Element, isPressed = false): void {
    const state = this.#state;
    const item = itemAt(element);
    if (state === undefined || !listens(state) || item === undefined || element.closest(".dark") !== null) return;
    // The heading of a new screen is read with the rest of it, and what was pressed says itself what came of it.
    if (isPressed ? controlOf(item) !== undefined : item.matches("h1")) return;
    this.#isSet = isSet(item);
    // The button that repeats must not be what is repeated.
    this.#player.say(this.#clipsOf(item), element.closest(".sound-bar") !== null);
  }

  #key(event: KeyboardEvent): void {
    const state = this.#state;
    if (state === undefined || !listens(state) || event.ctrlKey || event.altKey || event.metaKey) return;
    const isTyping = event.target instanceof HTMLInputElement && ["text", "search"].includes(event.target.type);
    const act = this.#actionOf(event, isTyping, state);
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #actionOf({ code }: KeyboardEvent, isTyping: boolean, { preferences }: State): (() => void) | undefined {
    const isDark = preferences.screen === "dark";
    if (code === "ArrowDown") return () => this.#move(1);
    if (code === "ArrowUp") return () => this.#move(-1);
    if (code === "Escape" && isDark) return () => this.#light();
    if (isTyping) return undefined;
    if (code === "KeyR") return () => this.#player.again();
    if (code === "KeyP") return () => this.#player.pause();
    if (code === "KeyD") return () => this.#dispatch({ type: "prefer", change: { screen: isDark ? "lit" : "dark" } });
    return undefined;
  }

  #light(): void {
    this.#dispatch({ type: "prefer", change: { screen: "lit" } });
  }

  /** Go to the next thing on the screen, or the one before, and around. The focus says which, so that Enter meets no other. */
  #move(step: number): void {
    const items = itemsOf(this.#host()).filter((item) => controlOf(item) !== undefined || this.#clipsOf(item).length > 0);
    const focused = this.#focusedItem();
    const place = focused === undefined ? -1 : items.indexOf(focused);
    const next = place < 0 ? (step > 0 ? 0 : items.length - 1) : (place + step + items.length) % items.length;
    const item = items[next];
    if (item === undefined) return;
    const control = controlOf(item);
    if (control === undefined && !item.hasAttribute("tabindex")) item.tabIndex = -1;
    (control ?? item).focus();
    if (item.matches("h1")) this.#player.say(this.#clipsOf(item));
  }

  #choose(): void {
    const focused = this.#focusedItem();
    if (focused !== undefined) controlOf(focused)?.click();
  }

  #host(): HTMLElement {
    // The question whether somebody is there lies over everything else, and is the last in the page.
    return [...this.#root.querySelectorAll<HTMLElement>("dialog[open]")].at(-1) ?? this.#root;
  }

  #focusedItem(): HTMLElement | undefined {
    const active = document.activeElement;
    return active === null || active === document.body ? undefined : itemAt(active);
  }

  #clipsOf(item: HTMLElement): readonly Clip[] {
    const { language } = this.#state!;
    const parts = spokenOf(item).flatMap((part) => this.#cut(part.language || language, part.text));
    const set = isSet(item);
    return set === undefined ? parts : [...parts, ...this.#said(set, wordsIn(language).t)];
  }

  #said(set: boolean, t: Translate): readonly Clip[] {
    const key: Extract<Key, "sound.marked" | "sound.unmarked"> = set ? "sound.marked" : "sound.unmarked";
    return this.#cut(this.#state!.language, t(key));
  }

  #cut(language: string, text: string): readonly Clip[] {
    const { audible } = this.#state!;
    const inLanguage = audible.includes(language as State["language"]) ? language : NAMES;
    return cut(text, (part) => this.#library.find(inLanguage, part)).clips;
  }
}
