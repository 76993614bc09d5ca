/** A random walk through the booth, the same each time: whatever is pressed and answered in whichever order, some things never happen. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Offering } from "../booth/offering.ts";
import { patience } from "../booth/patience.ts";
import { reduce } from "../booth/reducer.ts";
import { BEGINNING, type CastAnswer, type ChallengeAnswer, type Command, type Event, type SlipAnswer, type State, type Step } from "../booth/state.ts";

const SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
const WALKS = 250;
const STRIDES = 200;

const PLAIN: Offering = {
  status: "open",
  rehearsal: false,
  name: "Valg",
  municipality: "Køge",
  most: 2,
  blank: true,
  candidates: ["Åse", "Bo", "Çağla"].map((name, i) => ({ number: i + 1, name, line: null, photo: null })),
};
const PAPER: Offering = { ...PLAIN, deposit: "before_cast", printer: true };
const SLIPS: readonly SlipAnswer[] = ["ready", "ready", "ready", "ready", "unknown", "closed", "revoked", "unreachable"];

const MAY_HAVE_THE_SLIP: readonly Step["name"][] = ["start", "choose", "asked", "review", "decide", "challenge"];
const MAY_HAVE_THE_SEED: readonly Step["name"][] = ["review", "decide", "challenge", "opened"];
const MAY_SHOW_A_VOTE: readonly Step["name"][] = ["choose", "asked", "review", "decide", "challenge", "opened", "paper", "paperless"];
const MAY_LAST: readonly Step["name"][] = ["loading", "sending", "notice", "language", "alarm"];

/** Numbers below a limit, the same in each run (mulberry32). */
function chance(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) % limit;
  };
}

const below = chance(2026);
const oneOf = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)]!;

/** What somebody at the tablet does, sensible or not. */
function press(): Event {
  return oneOf<Event>([
    ...([1, 2, 3] as const).flatMap((): Event[] => [{ type: "language", language: oneOf(["da", "ar"]) }, { type: "slip", credential: SLIP }]),
    { type: "mark", candidate: below(3), on: below(4) > 0 },
    { type: "mark_blank", on: true },
    ...(["review", "review", "confirm", "confirm", "change", "cast", "cast", "challenge", "again", "retry", "print", "paperless", "spoil", "stay"] as const).map((type) => ({ type })),
    { type: "panel", panel: "settings" },
    { type: "prefer", change: { contrast: "high" } },
  ]);
}

/** What happens by itself; `state` has its own time. */
function fate(state: State): Event {
  const own = patience(state)?.event;
  return oneOf<Event>([
    ...(own ? [own, own, own] : []),
    { type: "clear" },
    { type: "hidden" },
    { type: "seen", after: below(400_000) },
    { type: "revoked" },
    { type: "link", link: oneOf(["up", "down"]) },
    { type: "loaded", offering: oneOf([PLAIN, PAPER, { ...PLAIN, status: "closed" }]) },
    { type: "load_failed", problem: oneOf(["unreachable", "unfit", "revoked"]) },
  ]);
}

let ballots = 0;

/** What comes back of a command, some time or never. */
function answerTo(command: Command): Event | undefined {
  switch (command.type) {
    case "ask":
      return { type: "slip_answered", visit: command.visit, answer: oneOf(SLIPS) };
    case "seal": {
      const { visit, review } = command;
      ballots += 1;
      const committed = { text: `ballot ${ballots}`, tracker: `tracker ${ballots}`, opening: `seed ${ballots}` };
      return below(9) > 0 ? { type: "sealed", visit, review, committed } : { type: "seal_failed", visit, review };
    }
    case "send": {
      const receipt = oneOf([command.sealed.tracker, command.sealed.tracker, "another"]);
      const problem = oneOf(["spent", "failed", "revoked"] as const);
      const answers: readonly CastAnswer[] = [{ kind: "accepted", receipt }, { kind: "unreachable" }, { kind: "unreachable" }, { kind: "refused", problem }];
      return { type: "cast_answered", visit: command.visit, answer: oneOf(answers) };
    }
    case "challenge": {
      const { visit, ballot } = command;
      const receipt = ballot.replace("ballot", "tracker");
      const answers: readonly ChallengeAnswer[] = [
        { kind: "challenged", receipt },
        { kind: "cast", receipt },
        { kind: "unreachable" },
        { kind: "held", problem: "too_soon" },
        { kind: "refused", problem: oneOf(["revoked", "spent"]) },
      ];
      return { type: "challenge_answered", visit, ballot, answer: oneOf(answers) };
    }
    default:
      return undefined;
  }
}

/** What one tablet has sent, by visit, and which ballots it has opened. */
class Walk {
  readonly #sent = new Map<number, string>();
  readonly #opened = new Set<string>();

  look(before: State, event: Event, state: State, command: Command | undefined): void {
    const { name } = state.step;
    const text = JSON.stringify(state);
    const how = `${before.step.name} -${event.type}-> ${name}`;
    if ("visit" in event && event.visit !== before.visit) assert.equal(state, before, `an answer to somebody else: ${how}`);
    assert.ok(MAY_HAVE_THE_SLIP.includes(name) || !text.includes(SLIP), `the slip: ${how}`);
    assert.ok(MAY_HAVE_THE_SEED.includes(name) || !text.includes("seed "), `the seed: ${how}`);
    assert.ok(MAY_SHOW_A_VOTE.includes(name) || !text.includes('"marks"'), `the vote: ${how}`);
    assert.ok(MAY_LAST.includes(name) || patience(state) !== undefined, `nothing ends it: ${how}`);
    if (state.visit !== before.visit) assert.equal(state.pausing || state.panel !== undefined, false, how);
    if (before.step.name !== "receipt" && name === "receipt") assert.match(event.type, /^(cast|challenge)_answered$/);
    if (before.step.name === "challenge" && name === "opened") this.#opened.add(before.step.committed.text);
    if (command?.type !== "send") return;
    assert.equal(this.#sent.get(command.visit) ?? command.sealed.text, command.sealed.text, `a second ballot: ${how}`);
    assert.ok(!this.#opened.has(command.sealed.text), `an opened ballot is cast: ${how}`);
    this.#sent.set(command.visit, command.sealed.text);
  }
}

test("No slip, seed or vote stays where it must not, no visit casts twice or what was opened, and every screen ends", () => {
  const reached = new Set<Step["name"]>();
  for (let i = 0; i < WALKS; i += 1) {
    const [walk, waiting]: [Walk, Event[]] = [new Walk(), []];
    let [state] = reduce(BEGINNING, { type: "loaded", offering: oneOf([PLAIN, PAPER]) });
    for (let stride = 0; stride < STRIDES; stride += 1) {
      const isAnswered = waiting.length > 0 && below(6) === 0;
      const event = isAnswered ? waiting.splice(below(waiting.length), 1)[0]! : below(20) === 0 ? fate(state) : press();
      const [next, command] = reduce(state, event);
      walk.look(state, event, next, command);
      state = next;
      reached.add(state.step.name);
      const answer = command && answerTo(command);
      if (answer) waiting.push(answer);
    }
  }
  assert.equal(reached.size, 18, [...reached].join(" "));
});
