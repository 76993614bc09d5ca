/** "Check the whole election": begins, shows how far it has come, can be stopped, and ends with one sentence. */

import { type Pool, type Progress, type Verdict, verify } from "../index.ts";
import { type Heading, button, focus, make } from "./elements.ts";
import type { Words } from "./messages.ts";
import { type ListSource, type Opened, type Source, Unreachable } from "./sources.ts";
import { StepList } from "./steps.ts";
import { verdictOf } from "./verdict.ts";

/** Milliseconds between two drawings of the progress. */
const DRAW_EVERY = 200;

export class VerifyPart {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #heading: Heading;
  readonly #ours: string | undefined;
  readonly #begin: () => Promise<Pool>;
  readonly #run: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #working: HTMLElement;
  readonly #outcome: HTMLElement;
  #stop: (() => void) | undefined;
  #runs = 0;

  /** @param ours the fingerprint of the page's own election, where it has one: a chosen file may be another one's. */
  constructor(words: Words, begin: () => Promise<Pool>, heading: Heading, ours?: string) {
    this.#words = words;
    this.#heading = heading;
    this.#ours = ours;
    this.#begin = begin;
    const { say } = words;
    this.#bar = make("progress", { max: "1", "aria-label": say("progress") });
    this.#working = make("p", {});
    this.#run = make("div", { hidden: true }, this.#bar, this.#working, button(say("stop"), "second", () => this.stop()));
    this.#outcome = make("div", {});
    this.element = make("div", {}, this.#run, this.#outcome);
  }

  get isRunning(): boolean {
    return this.#stop !== undefined;
  }

  /** End the check at hand, if there is one. */
  stop(): void {
    this.#stop?.();
  }

  /** Check an archive, instead of the one that is being checked; none of the ballots on `list` may be in it. */
  async start(source: Source, list?: ListSource): Promise<void> {
    this.stop();
    this.#runs += 1;
    const run = this.#runs;
    const abort = new AbortController();
    const steps = new StepList(this.#words, this.#heading);
    const stopped = new Promise<undefined>((resolve) => {
      this.#stop = () => resolve(undefined);
    });
    this.#run.hidden = false;
    this.#outcome.replaceChildren(steps.element);
    this.#draw({ read: 0, slips: 0, ballots: 0 }, undefined);
    focus(this.#working);
    const pool = this.#begin();
    const watch = (step: () => void): void => {
      if (run === this.#runs) step();
    };
    const end = await Promise.race([this.#check(source, list, pool, steps, abort.signal, watch), stopped]);
    abort.abort();
    void pool.then((begun) => begun.stop());
    if (run !== this.#runs) return;
    this.#stop = undefined;
    this.#run.hidden = true;
    this.#show(end, steps);
  }

  /** `watch` does nothing any more once another check has begun. */
  async #check(
    source: Source,
    list: ListSource | undefined,
    begun: Promise<Pool>,
    steps: StepList,
    signal: AbortSignal,
    watch: (step: () => void) => void,
  ): Promise<Verdict | Error> {
    try {
      const pool = await begun;
      const listed = await list?.(signal);
      const opened = await source(signal);
      let drawn = 0;
      const progress = (now: Progress): void => {
        if (performance.now() - drawn < DRAW_EVERY) return;
        drawn = performance.now();
        watch(() => this.#draw(now, opened));
      };
      return await verify(opened.stream, pool, { progress, passed: (step, found) => steps.pass(step, found) }, listed);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #draw({ read, slips, ballots }: Progress, opened: Opened | undefined): void {
    const share = opened?.size === undefined ? undefined : read / opened.size;
    if (share === undefined) this.#bar.removeAttribute("value");
    else this.#bar.value = share;
    const percent = share === undefined ? "–" : Math.floor(100 * share);
    this.#working.textContent = this.#words.say("working", { share: percent, slips, ballots });
  }

  /** `end` is the verdict, why there is none, or nothing where the reader stopped it. */
  #show(end: Verdict | Error | undefined, steps: StepList): void {
    const { say } = this.#words;
    const failed = end !== undefined && !(end instanceof Error) && end.kind === "refused" ? end.wrong.step : undefined;
    steps.end(failed);
    const shown = ((): HTMLElement => {
      if (end === undefined) return make("div", {}, make("p", { class: "warning verdict" }, say("stopped")));
      if (!(end instanceof Error)) return verdictOf(end, this.#words, this.#heading, this.#ours);
      const words = say(end instanceof Unreachable ? "unreachable" : "broke");
      return make("div", {}, make("p", { class: "warning verdict" }, words));
    })();
    this.#outcome.replaceChildren(shown, steps.element);
    focus(shown.firstElementChild as HTMLElement);
  }
}

/** A field for the file, and a button that says what is done with it. */
export function fileChooser({ say }: Words, chosen: (file: File) => void): HTMLElement {
  const input = make("input", { type: "file", id: "archive-file", accept: ".bel" });
  const check = button(say("checkFile"), "second", () => {
    const [file] = input.files ?? [];
    if (file === undefined) input.focus();
    else chosen(file);
  });
  const label = make("label", { for: input.id }, say("choose"));
  return make("div", { class: "field" }, label, input, make("p", { class: "actions" }, check));
}
