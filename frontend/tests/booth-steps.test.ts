import assert from "node:assert/strict";
import { test } from "node:test";

import type { Offering } from "../booth/offering.ts";
import { IDLE_MS, RECEIPT_MS, WARNING_MS, patience } from "../booth/patience.ts";
import { reduce } from "../booth/reducer.ts";
import { readSlip } from "../booth/slip.ts";
import { SEND_AGAIN_AFTER } from "../booth/steps/casting.ts";
import { BEGINNING, type Command, type Event, type State } from "../booth/state.ts";
import { play } from "./played.ts";

const SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
const SEALED = { text: '{"ballot":"sealed"}', tracker: "tracker-of-the-sealed-ballot" };
const COMMITTED = { ...SEALED, opening: "opening-with-its-seed" };

function offering(changes: Partial<Offering> = {}): Offering {
  const candidates = ["Åse", "Bo", "Çağla", "Đorđe"].map((name, i) => ({ number: i + 1, name, line: null, photo: null }));
  return { status: "open", rehearsal: false, name: "Valg", municipality: "Køge", most: 1, blank: true, candidates, ...changes };
}

const DANISH: Event = { type: "language", language: "da" };

/** A tablet that waits for its next voter. */
const idle = (changes: Partial<Offering> = {}): State =>
  play(BEGINNING, { type: "loaded", offering: offering(changes) }).state;

const started = (changes: Partial<Offering> = {}): State => play(idle(changes), DANISH).state;

const choosing = (changes: Partial<Offering> = {}): State =>
  play(started(changes), { type: "slip", credential: SLIP }, { type: "slip_answered", visit: 0, answer: "ready" }).state;

const sending = (): State =>
  play(
    choosing(),
    { type: "mark", candidate: 1, on: true },
    { type: "review" },
    { type: "sealed", visit: 0, review: 1, committed: COMMITTED },
    { type: "confirm" },
    { type: "cast" },
  ).state;

const marksOf = ({ step }: State): unknown => (step.name === "choose" || step.name === "review" ? step.marks : undefined);

test("A voter comes from her slip to her receipt in the order of the steps", () => {
  const names: string[] = [];
  let state = BEGINNING;
  const events: readonly Event[] = [
    { type: "loaded", offering: offering() },
    DANISH,
    { type: "slip", credential: SLIP },
    { type: "slip_answered", visit: 0, answer: "ready" },
    { type: "mark", candidate: 2, on: true },
    { type: "review" },
    { type: "sealed", visit: 0, review: 1, committed: COMMITTED },
    { type: "confirm" },
    { type: "cast" },
    { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } },
    { type: "clear" },
  ];
  for (const event of events) {
    [state] = reduce(state, event);
    names.push(state.step.name);
  }
  assert.deepEqual(names, ["language", "start", "start", "choose", "choose", "review", "review", "decide", "sending", "receipt", "language"]);
});

test("Once the ballot is handed in neither credential nor marks nor seed are anywhere in the state", () => {
  for (const state of [sending(), play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } }).state]) {
    const kept = JSON.stringify(state.step);
    for (const secret of [SLIP, "chosen", "blank", "seed"]) assert.ok(!kept.includes(secret));
  }
});

test("Clearing forgets credential, marks, ballot, receipt, language and preferences at every step", () => {
  const steps = [
    idle(),
    started(),
    play(started(), { type: "slip", credential: SLIP }).state,
    play(choosing(), { type: "mark", candidate: 1, on: true }).state,
    play(choosing(), { type: "mark", candidate: 1, on: true }, { type: "review" }).state,
    play(choosing(), { type: "mark", candidate: 1, on: true }, { type: "review" }, { type: "confirm" }).state,
    sending(),
    play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } }).state,
  ];
  for (const step of steps) {
    const seen = { size: "largest", contrast: "high", scheme: "dark" } as const;
    const { state, commands } = play(
      step,
      { type: "language", language: "en" },
      { type: "prefer", change: seen },
      { type: "panel", panel: "settings" },
      { type: "warn" },
      { type: "clear" },
    );
    assert.deepEqual(state, { ...idle(), visit: 1 });
    assert.deepEqual(commands, [{ type: "load", after: 0 }]);
  }
});

test("An answer meant for a voter who has left does not reach the next one", () => {
  const next = play(sending(), { type: "clear" }, DANISH, { type: "slip", credential: SLIP }).state;
  const late: readonly Event[] = [
    { type: "slip_answered", visit: 0, answer: "ready" },
    { type: "sealed", visit: 0, review: 1, committed: COMMITTED },
    { type: "seal_failed", visit: 0, review: 1 },
    { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } },
  ];
  for (const event of late) assert.deepEqual(reduce(next, event), [next]);
});

test("No more candidates than allowed can be marked, and the voter is told", () => {
  const { state } = play(
    choosing({ most: 2 }),
    { type: "mark", candidate: 3, on: true },
    { type: "mark", candidate: 0, on: true },
    { type: "mark", candidate: 1, on: true },
  );
  assert.ok(state.step.name === "choose" && state.step.problem === "too_many");
  assert.deepEqual(marksOf(state), { chosen: [0, 3], blank: false });
  const freed = play(state, { type: "mark", candidate: 3, on: false }, { type: "mark", candidate: 1, on: true }).state;
  assert.deepEqual(marksOf(freed), { chosen: [0, 1], blank: false });
  assert.ok(!("problem" in freed.step));
});

test("With one vote a new mark takes the place of the old", () => {
  const { state } = play(choosing({ most: 1 }), { type: "mark", candidate: 0, on: true }, { type: "mark", candidate: 2, on: true });
  assert.deepEqual(marksOf(state), { chosen: [2], blank: false });
});

test("A blank vote and marked candidates exclude one another", () => {
  const blank = play(choosing(), { type: "mark", candidate: 0, on: true }, { type: "mark_blank", on: true }).state;
  assert.deepEqual(marksOf(blank), { chosen: [], blank: true });
  assert.deepEqual(marksOf(play(blank, { type: "mark", candidate: 1, on: true }).state), { chosen: [1], blank: false });
  assert.deepEqual(marksOf(play(blank, { type: "mark_blank", on: false }).state), { chosen: [], blank: false });
});

test("Nothing marked is not a blank vote: it cannot be reviewed", () => {
  const { state } = play(choosing(), { type: "review" });
  assert.ok(state.step.name === "choose" && state.step.problem === "nothing_chosen");
  assert.deepEqual(marksOf(state), { chosen: [], blank: false });
});

test("Changing after the review keeps the marks", () => {
  for (const seen of [[], [{ type: "confirm" }]] as const) {
    const { state } = play(choosing(), { type: "mark", candidate: 2, on: true }, { type: "review" }, ...seen, { type: "change" });
    assert.equal(state.step.name, "choose");
    assert.deepEqual(marksOf(state), { chosen: [2], blank: false });
  }
});

test("Pressing twice asks once and casts once", () => {
  const asked = play(started(), { type: "slip", credential: SLIP }, { type: "slip", credential: SLIP });
  assert.equal(asked.commands.length, 1);
  const looked = play(choosing(), { type: "mark_blank", on: true }, { type: "review" }, { type: "review" });
  assert.deepEqual(looked.commands.map(({ type }) => type), ["seal"]);
  const reviewed = play(looked.state, { type: "confirm" }, { type: "sealed", visit: 0, review: 1, committed: COMMITTED }).state;
  assert.deepEqual(play(reviewed, { type: "cast" }, { type: "cast" }).commands.map(({ type }) => type), ["send"]);
});

test("When the connection fails, trying again sends the very same bytes", () => {
  const failed = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } }).state;
  assert.equal(failed.step.name, "unreachable");
  assert.deepEqual(play(failed, { type: "retry" }).commands, [{ type: "send", visit: 0, sealed: SEALED, after: 0 }]);
});

test("A ballot without an answer is handed in again by itself, on a screen that stays as it is", () => {
  const unanswered: Event = { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } };
  const again: Command = { type: "send", visit: 0, sealed: SEALED, after: SEND_AGAIN_AFTER };
  const first = play(sending(), unanswered);
  assert.deepEqual(first.commands, [again]);
  const second = play({ ...first.state, pausing: true }, unanswered);
  assert.deepEqual(second.commands, [again]);
  assert.ok(second.state.pausing, "the question whether somebody is there goes on");
  const answer = { kind: "accepted", receipt: SEALED.tracker } as const;
  assert.equal(play(second.state, { type: "cast_answered", visit: 0, answer }).state.step.name, "receipt");
});

test("Of a ballot that may lie in the urn nobody but the house says that it was not received", () => {
  const unanswered: Event = { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } };
  const foreign: Event = { type: "cast_answered", visit: 0, answer: { kind: "refused", problem: "failed" } };
  const again: Command = { type: "send", visit: 0, sealed: SEALED, after: SEND_AGAIN_AFTER };
  for (const before of [[unanswered], [unanswered, { type: "retry" }]] as const) {
    const { state, commands } = play(sending(), ...before, foreign);
    assert.deepEqual([state.step, commands.at(-1)], [{ name: "unreachable", sealed: SEALED }, again]);
  }
  assert.equal(play(sending(), foreign).state.step.name, "refused", "one that was never without an answer was not received");
});

test("A voter who walked away does not get an answer any more", () => {
  const failed = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } }).state;
  const gone = play(failed, { type: "clear" }).state;
  const answer = { kind: "accepted", receipt: SEALED.tracker } as const;
  assert.equal(play(gone, { type: "cast_answered", visit: 0, answer }).state.step.name, "language");
});

test("A receipt for other bytes than were sent is an alarm, never a success", () => {
  const { state } = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: "another" } });
  assert.deepEqual(state.step, { name: "alarm", expected: SEALED.tracker, received: "another" });
  assert.equal(patience(state), undefined);
});

test("A refused ballot ends in a sentence of its own, without a receipt", () => {
  for (const problem of ["spent", "void", "full", "closed", "not_open", "unknown", "rejected", "failed"] as const) {
    const { state } = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "refused", problem } });
    assert.deepEqual(state.step, { name: "refused", problem });
  }
});

test("An unknown or spent slip is told at the start, a closed poll on a page of its own", () => {
  const asking = play(started(), { type: "slip", credential: SLIP }).state;
  for (const answer of ["unknown", "spent", "void", "unreachable", "failed"] as const) {
    assert.deepEqual(play(asking, { type: "slip_answered", visit: 0, answer }).state.step, { name: "start", problem: answer });
  }
  for (const answer of ["not_open", "closed"] as const) {
    const { state, commands } = play(asking, { type: "slip_answered", visit: 0, answer });
    assert.deepEqual(state.step, { name: "notice", problem: answer });
    assert.equal(commands[0]?.type, "load");
  }
});

test("A waiting tablet follows the poll, but never takes the ballot from a voter's hands", () => {
  const closed: Event = { type: "loaded", offering: offering({ status: "closed" }) };
  assert.deepEqual(play(started(), closed).state.step, { name: "notice", problem: "closed" });
  assert.deepEqual(play(started(), closed, { type: "loaded", offering: offering() }).state.step, { name: "language" });
  assert.deepEqual(reduce(choosing(), closed), [choosing()]);
});

test("A server out of reach stops an empty tablet and asks again; a wrong election stops a waiting one too", () => {
  const lost = play(BEGINNING, { type: "load_failed", problem: "unreachable" });
  assert.deepEqual(lost.state.step, { name: "notice", problem: "unreachable" });
  assert.equal(lost.commands[0]?.type, "load");
  for (const state of [idle(), started()]) {
    assert.deepEqual(play(state, { type: "load_failed", problem: "unreachable" }).state, state);
    assert.deepEqual(play(state, { type: "load_failed", problem: "unfit" }).state.step, { name: "notice", problem: "unfit" });
  }
});

test("A tablet whose access is taken back says so at once, and nothing of its voter is left", () => {
  const reviewed = play(choosing(), { type: "mark", candidate: 1, on: true }, { type: "review" }).state;
  const asking = play(started(), { type: "slip", credential: SLIP }).state;
  for (const state of [BEGINNING, started(), asking, choosing(), reviewed]) {
    for (const event of [{ type: "revoked" }, { type: "load_failed", problem: "revoked" }] as const) {
      const told = play({ ...state, pausing: true }, event);
      assert.deepEqual(told.state.step, { name: "notice", problem: "revoked" });
      assert.equal(told.state.pausing, false);
      assert.equal(told.state.visit, 1);
      assert.deepEqual(told.commands.map(({ type }) => type), ["load"]);
      const late = play(told.state, { type: "slip_answered", visit: 0, answer: "ready" }, { type: "retry" }, { type: "cast" });
      assert.deepEqual(late, { state: told.state, commands: [] });
    }
  }
});

test("A ballot on its way gets its answer, and a receipt stays, though the tablet is revoked meanwhile", () => {
  const receipt: Event = { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } };
  assert.equal(play(sending(), { type: "revoked" }, receipt).state.step.name, "receipt");
  assert.equal(play(sending(), receipt, { type: "revoked" }).state.step.name, "receipt");
  assert.equal(play(sending(), receipt, { type: "load_failed", problem: "revoked" }).state.step.name, "receipt");
  const cleared = play(sending(), receipt, { type: "clear" }, { type: "load_failed", problem: "revoked" }).state;
  assert.deepEqual(cleared.step, { name: "notice", problem: "revoked" });
});

test("A ballot without an answer on a tablet that is revoked may lie in the urn: the voter is told where to look, with its code", () => {
  const gone: Event = { type: "cast_answered", visit: 0, answer: { kind: "refused", problem: "revoked" } };
  const waiting = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "unreachable" } }).state;
  for (const state of [
    play(waiting, { type: "revoked" }).state,
    play(waiting, { type: "load_failed", problem: "revoked" }).state,
    play(waiting, gone).state,
    play(waiting, { type: "retry" }, { type: "revoked" }, gone).state,
  ]) {
    assert.deepEqual(state.step, { name: "unanswered", code: SEALED.tracker });
    assert.ok(!JSON.stringify(state).includes(SEALED.text), "the sealed vote is forgotten");
    const other: Event = { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: "another" } };
    assert.deepEqual(play(state, { type: "revoked" }, { type: "hidden" }, { type: "retry" }, gone, other), { state, commands: [] });
    const late: Event = { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } };
    assert.equal(play(state, late).state.step.name, "receipt");
    assert.equal(patience(state)?.event.type, "warn");
    assert.equal(play(state, { type: "clear" }, { type: "load_failed", problem: "revoked" }).state.step.name, "notice");
  }
});

test("A slip or a ballot that a revoked tablet hands in ends on the page that says so", () => {
  const asking = play(started(), { type: "slip", credential: SLIP }).state;
  const asked = play(asking, { type: "slip_answered", visit: 0, answer: "revoked" });
  const cast = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "refused", problem: "revoked" } });
  assert.deepEqual(asked.state.step, { name: "notice", problem: "revoked" });
  assert.equal(asked.commands[0]?.type, "load");
  assert.deepEqual([cast.state.step, cast.commands], [{ name: "refused", problem: "revoked" }, []]);
  for (const { state } of [asked, cast]) assert.ok(!JSON.stringify(state).includes(SLIP) && !JSON.stringify(state).includes("sealed"));
});

test("A tablet that is let in again goes on by itself", () => {
  const out = play(started(), { type: "revoked" }).state;
  assert.deepEqual(play(out, { type: "loaded", offering: offering() }).state.step, { name: "language" });
  assert.deepEqual(play(out, { type: "load_failed", problem: "unreachable" }).state.step, { name: "notice", problem: "unreachable" });
  assert.deepEqual(play(out, { type: "revoked" }).state, out);
});

test("A sign of life makes a waiting tablet look when the poll has moved on, or the server is back, and no other", () => {
  const lost = play(BEGINNING, { type: "load_failed", problem: "unreachable" }).state;
  const load: Command = { type: "load", after: 0 };
  assert.deepEqual(reduce(started(), { type: "alive", status: "closed" }), [started(), load]);
  assert.deepEqual(reduce(lost, { type: "alive", status: "open" }), [lost, load]);
  for (const state of [BEGINNING, started(), choosing(), sending()]) {
    assert.deepEqual(reduce(state, { type: "alive", status: "open" }), [state]);
  }
  for (const state of [choosing(), sending()]) assert.deepEqual(reduce(state, { type: "alive", status: "closed" }), [state]);
});

test("The first press on a waiting tablet chooses the language and leads to the slip", () => {
  assert.deepEqual(play(idle(), { type: "language", language: "en" }).state, { ...started(), language: "en" });
  assert.deepEqual(play(idle(), { type: "slip", credential: SLIP }, { type: "problem", problem: "camera" }).state, idle());
});

test("The language and the look can be changed at every step and change nothing else", () => {
  for (const state of [BEGINNING, started(), choosing(), sending()]) {
    const opened = play(state, { type: "panel", panel: "languages" }).state;
    assert.deepEqual(opened, { ...state, panel: "languages" });
    const changed = play(opened, { type: "language", language: "en" }, { type: "prefer", change: { size: "large" } }).state;
    const { language, preferences } = BEGINNING;
    assert.deepEqual({ ...changed, language, preferences: { ...changed.preferences, size: preferences.size } }, state);
  }
});

test("What somebody has set on a waiting tablet is forgotten after a while, and an untouched one waits for ever", () => {
  assert.equal(patience(idle()), undefined);
  const clear = { after: IDLE_MS, event: { type: "clear" }, restarts: true } as const;
  assert.deepEqual(patience(started()), { ...clear, event: { type: "warn" } });
  assert.deepEqual(patience(play(idle(), { type: "prefer", change: { scheme: "dark" } }).state), clear);
  assert.deepEqual(patience(play(idle(), { type: "panel", panel: "settings" }).state), clear);
});

test("A pause is warned of before anything is cleared, and staying ends the warning", () => {
  assert.deepEqual(patience(choosing()), { after: IDLE_MS, event: { type: "warn" }, restarts: true });
  const warned = play(choosing(), { type: "warn" }).state;
  assert.deepEqual(patience(warned), { after: WARNING_MS, event: { type: "clear" }, restarts: false });
  assert.deepEqual(play(warned, { type: "stay" }).state, choosing());
});

test("A receipt is cleared after a minute untouched and a question, and stays for whoever answers that she needs it", () => {
  const { state } = play(sending(), { type: "cast_answered", visit: 0, answer: { kind: "accepted", receipt: SEALED.tracker } });
  assert.deepEqual(patience(state), { after: RECEIPT_MS, event: { type: "warn" }, restarts: true });
  const warned = play(state, { type: "warn" }).state;
  assert.deepEqual(patience(warned), { after: WARNING_MS, event: { type: "clear" }, restarts: false });
  assert.deepEqual(play(warned, { type: "stay" }).state, state);
});

test("Nothing is cleared while a ballot is being sent", () => {
  assert.equal(patience(sending()), undefined);
});

test("An event that has no meaning in a step changes nothing", () => {
  const events: readonly Event[] = [{ type: "cast" }, { type: "retry" }, { type: "change" }, { type: "mark", candidate: 0, on: true }];
  for (const event of events) {
    for (const state of [BEGINNING, started(), sending()]) assert.deepEqual(reduce(state, event), [state]);
  }
});

test("A slip is read with or without hyphens, spaces and dashes of any kind", () => {
  for (const text of [SLIP, SLIP.replaceAll("-", ""), ` ${SLIP}\n`, SLIP.replaceAll("-", " – "), SLIP.replaceAll("-", "\u2011")]) {
    assert.equal(readSlip(text), SLIP);
  }
});

test("A mistyped slip is none: a letter too few or too many, or one that no slip has", () => {
  for (const text of ["", SLIP.slice(1), `${SLIP}a`, SLIP.replace("h", "0"), SLIP.replace("h", "l"), SLIP.replace("h", "æ"), `https://${SLIP}`]) {
    assert.equal(readSlip(text), undefined);
  }
});
