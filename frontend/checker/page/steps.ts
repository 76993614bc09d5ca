/** The list of checks: what each is, whether it has been passed, and what it found. */

import { type Found, STEPS, type Step } from "../index.ts";
import { type Heading, make } from "./elements.ts";
import type { Key, Words } from "./messages.ts";

type State = "waiting" | "passed" | "failed" | "unreached";

const STATE: Readonly<Record<State, { readonly words: Key; readonly look: string }>> = {
  waiting: { words: "stateWaiting", look: "later" },
  passed: { words: "statePassed", look: "done" },
  failed: { words: "stateFailed", look: "failed" },
  unreached: { words: "stateUnreached", look: "later" },
};

const named = <Prefix extends string>(prefix: Prefix, step: Step): `${Prefix}${Capitalize<Step>}` =>
  `${prefix}${step[0]!.toUpperCase()}${step.slice(1)}` as `${Prefix}${Capitalize<Step>}`;

interface Row {
  readonly item: HTMLLIElement;
  readonly state: HTMLElement;
  readonly facts: HTMLElement;
}

export class StepList {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #heading: Heading;
  readonly #rows: ReadonlyMap<Step, Row>;
  readonly #passed = new Set<Step>();

  constructor(words: Words, heading: Heading) {
    this.#words = words;
    this.#heading = heading;
    this.#rows = new Map(STEPS.map((step) => [step, this.#row(step)]));
    this.element = make("ol", { class: "steps checks" }, ...[...this.#rows.values()].map(({ item }) => item));
  }

  pass(step: Step, found: Found): void {
    this.#passed.add(step);
    this.#mark(step, "passed");
    const more = step === "ballots" && found.opened !== undefined ? [this.#words.say("factsOpened", { opened: found.opened })] : [];
    this.#rows.get(step)!.facts.textContent = [this.#words.say(named("facts", step), factsOf(found)), ...more].join(" ");
  }

  /** The end: what failed, if anything did, and what was not reached. */
  end(failed: Step | undefined): void {
    for (const step of STEPS) if (!this.#passed.has(step)) this.#mark(step, "unreached");
    if (failed !== undefined) this.#mark(failed, "failed");
  }

  #mark(step: Step, to: State): void {
    const { item, state } = this.#rows.get(step)!;
    item.className = STATE[to].look;
    state.textContent = this.#words.say(STATE[to].words);
  }

  #row(step: Step): Row {
    const { say } = this.#words;
    const state = make("strong", { class: "state" }, say("stateWaiting"));
    const facts = make("p", { class: "facts-found" });
    const heading = make(this.#heading, {}, say(named("step", step)), " – ", state);
    const item = make("li", { class: "later" }, heading, make("p", {}, say(named("what", step))), facts);
    return { item, state, facts };
  }
}

function factsOf({ about, slips, ballots, openings }: Found): Readonly<Record<string, number>> {
  const circles = about?.circles ?? [];
  return {
    candidates: about?.answers.length ?? 0,
    of: circles.reduce((sum, circle) => sum + circle.of, 0),
    needed: circles.reduce((sum, circle) => sum + circle.needed, 0),
    slips,
    ballots,
    openings,
  };
}
