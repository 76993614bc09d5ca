/** Clips are played one after the other, from this tablet's memory, as loud and as fast as the voter wants. */

import type { Preferences } from "../state.ts";
import type { Clip } from "./pack.ts";

/** By the element's own rate the pitch stays. */
const RATES: Readonly<Record<Preferences["rate"], number>> = { slow: 0.75, normal: 1, fast: 1.4 };

/** By a node of its own: a tablet may ignore the volume of an element. */
const GAINS: Readonly<Record<Preferences["volume"], number>> = { low: 0.4, normal: 1, high: 2.2 };

export class Player {
  readonly #audio = new Audio();
  #context: AudioContext | undefined;
  #gain: GainNode | undefined;
  #waiting: Clip[] = [];
  #said: readonly Clip[] = [];
  #rate: Preferences["rate"] = "normal";

  /** `playing` is told again and again while something is heard: whoever listens is there. */
  constructor(playing: () => void) {
    this.#audio.addEventListener("timeupdate", playing);
    this.#audio.addEventListener("ended", () => this.#next());
    this.#audio.addEventListener("error", () => this.#next());
  }

  /** Must be called first within a press: before one, a browser lets no page be heard. */
  set({ rate, volume }: Pick<Preferences, "rate" | "volume">): void {
    if (this.#context === undefined) {
      this.#context = new AudioContext();
      this.#gain = this.#context.createGain();
      this.#context.createMediaElementSource(this.#audio).connect(this.#gain).connect(this.#context.destination);
    }
    void this.#context.resume();
    this.#gain!.gain.value = GAINS[volume];
    this.#rate = rate;
    this.#audio.playbackRate = RATES[rate];
  }

  /** Say this instead of whatever is being said; what is only `mentioned` is not what is said again. */
  say(clips: readonly Clip[], mentioned = false): void {
    if (!mentioned) this.#said = clips;
    this.#waiting = [...clips];
    this.#next();
  }

  /** Say this, too, when the rest has been said. */
  add(clips: readonly Clip[]): void {
    if (clips.length === 0) return;
    const isIdle = this.#audio.src === "";
    this.#said = isIdle ? clips : [...this.#said, ...clips];
    this.#waiting.push(...clips);
    if (isIdle) this.#next();
  }

  again(): void {
    this.say(this.#said);
  }

  pause(): void {
    if (this.#audio.paused) void this.#audio.play().catch(() => undefined);
    else this.#audio.pause();
  }

  /** Stop in the middle of it, until whoever listens goes on. */
  hush(): void {
    this.#audio.pause();
  }

  /** Be silent, and keep nothing of what was said. */
  stop(): void {
    this.#waiting = [];
    this.#said = [];
    this.#next();
  }

  #next(): void {
    const clip = this.#waiting.shift();
    this.#audio.pause();
    URL.revokeObjectURL(this.#audio.src);
    if (clip === undefined) {
      this.#audio.removeAttribute("src");
      return;
    }
    this.#audio.dataset["clip"] = clip.key;
    this.#audio.src = URL.createObjectURL(clip.sound);
    this.#audio.playbackRate = RATES[this.#rate];
    void this.#audio.play().catch(() => undefined);
  }
}
