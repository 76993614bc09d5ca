import assert from "node:assert/strict";
import { test } from "node:test";

import { LANGUAGES, wordsIn } from "../booth/messages/index.ts";
import { type Offering, UnfitOffering, readOffering } from "../booth/offering.ts";
import { PAPER_MS, patience } from "../booth/patience.ts";
import { reduce } from "../booth/reducer.ts";
import { BEGINNING, type Command, type State } from "../booth/state.ts";
import { play } from "./played.ts";

const SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
const SEALED = { text: '{"ballot":"sealed"}', tracker: "tracker-of-the-sealed-ballot" };
const COMMITTED = { ...SEALED, opening: "opening-with-its-seed" };
const MARKS = { chosen: [1], blank: false };

const PLAIN: Offering = {
  status: "open",
  rehearsal: false,
  name: "Valg",
  municipality: "Køge",
  most: 1,
  blank: true,
  candidates: ["Åse", "Bo"].map((name, i) => ({ number: i + 1, name, line: null, photo: null })),
};

const reviewed = (deposit?: "before_cast" | "after_cast"): State =>
  play(
    BEGINNING,
    { type: "loaded", offering: { ...PLAIN, ...(deposit && { deposit }) } },
    { type: "language", language: "da" },
    { type: "slip", credential: SLIP },
    { type: "slip_answered", visit: 0, answer: "ready" },
    { type: "mark", candidate: 1, on: true },
    { type: "review" },
    { type: "sealed", visit: 0, review: 1, committed: COMMITTED },
    { type: "confirm" },
  ).state;

const printed = (): State => play(reviewed("before_cast"), { type: "cast" }).state;

const kinds = (commands: readonly Command[]): string[] => commands.map(({ type }) => type);

test("Without a paper record a confirmed vote is handed in at once", () => {
  const { state, commands } = play(reviewed(), { type: "cast" });
  assert.deepEqual([state.step.name, kinds(commands)], ["sending", ["send"]]);
});

test("A vote is printed once it is confirmed, and handed in once it was read, whenever the paper is dropped", () => {
  for (const deposit of ["before_cast", "after_cast"] as const) {
    const { state, commands } = play(reviewed(deposit), { type: "cast" });
    assert.deepEqual(state.step, { name: "paper", marks: MARKS, sealed: SEALED });
    assert.deepEqual(commands, [{ type: "print", visit: 0 }]);
    const cast = play(state, { type: "cast" });
    assert.deepEqual(cast.state.step, { name: "sending", sealed: SEALED });
    assert.deepEqual(kinds(cast.commands), ["send"]);
  }
});

test("A change and a challenge print nothing", () => {
  assert.deepEqual(kinds(play(reviewed("before_cast"), { type: "change" }, { type: "review" }).commands), ["seal"]);
  const challenged = play(
    reviewed("before_cast"),
    { type: "challenge" },
    { type: "challenge_answered", visit: 0, ballot: COMMITTED.text, answer: { kind: "challenged", receipt: SEALED.tracker } },
    { type: "again" },
  );
  assert.equal(challenged.state.step.name, "start");
  assert.deepEqual(kinds(challenged.commands), ["challenge"]);
});

test("A printed vote can be taken back by casting nothing, never by changing or opening it", () => {
  const { state, commands } = play(printed(), { type: "change" }, { type: "challenge" }, { type: "spoil" }, { type: "cast" });
  assert.deepEqual([state.step, commands], [{ name: "spoilt" }, []]);
  assert.ok(!JSON.stringify(printed().step).includes(SLIP));
});

test("Where no paper comes nothing is lost: it is printed again, or the vote is cast without", () => {
  for (const event of [{ type: "paperless" }, { type: "paperless", visit: 0 }] as const) {
    const { state } = play(printed(), event, event);
    assert.deepEqual(state.step, { name: "paperless", marks: MARKS, sealed: SEALED });
    const again = play(state, { type: "print" });
    assert.deepEqual([again.state.step.name, again.commands], ["paper", [{ type: "print", visit: 0 }]]);
    assert.deepEqual(kinds(play(state, { type: "cast" }).commands), ["send"]);
  }
  assert.deepEqual(reduce(printed(), { type: "paperless", visit: 7 }), [printed()]);
});

test("Who holds her paper is told that the tablet was put out when she casts, and not while she reads", () => {
  assert.deepEqual(play(printed(), { type: "revoked" }).state, printed());
  const told = play(printed(), { type: "revoked" }, { type: "cast" }, { type: "cast_answered", visit: 0, answer: { kind: "refused", problem: "revoked" } });
  // Not as from any tablet that is put out: her paper must not get into the box.
  assert.deepEqual(told.state.step, { name: "refused", problem: "revoked" });
  const waiting = play(printed(), { type: "paperless" }).state;
  assert.deepEqual(play(waiting, { type: "revoked" }).state, waiting);
  const spoilt = play(printed(), { type: "spoil" }).state;
  assert.deepEqual(play(spoilt, { type: "hidden" }, { type: "revoked" }).state, spoilt, "a wrong paper is still in her hand");
});

test("Who has a paper in her hand is told where it belongs, whatever becomes of her vote", () => {
  for (const language of LANGUAGES) {
    const { t } = wordsIn(language);
    assert.notEqual(t("paper.refused"), t("paper.unknown"), language);
  }
  const { t } = wordsIn("da");
  assert.match(t("paper.refused"), /læg den ikke i kassen/);
  assert.match(t("paper.unknown"), /først i kassen, når personalet siger det/);
});

test("A tablet waits longer for who reads her paper, and forgets it with her", () => {
  for (const state of [printed(), play(printed(), { type: "paperless" }).state, play(printed(), { type: "spoil" }).state]) {
    assert.deepEqual(patience(state), { after: PAPER_MS, event: { type: "warn" }, restarts: true });
    assert.ok(!JSON.stringify(play(state, { type: "clear" }).state).includes("chosen"));
    assert.equal(play(state, { type: "clear" }).state.step.name, "language");
  }
});

test("The tablet takes from the house only a paper record that it knows", () => {
  const { most, ...rest } = PLAIN;
  const answer = { ...rest, status: "not_open", votes_per_voter: most, election: null, recordings: [] };
  const read = (said: object): Offering => readOffering({ ...answer, ...said } as never);
  assert.equal(read({ paper_record: "after_cast" }).deposit, "after_cast");
  assert.ok(!("deposit" in read({})) && !("printer" in read({})));
  for (const paper_record of ["later", null, true]) assert.throws(() => read({ paper_record }), UnfitOffering);
});

test("A receipt is printed on request, and only where the booth has a printer", () => {
  const received = (printer: boolean): State => ({
    ...play(BEGINNING, { type: "loaded", offering: { ...PLAIN, printer } }).state,
    step: { name: "receipt", code: SEALED.tracker },
  });
  assert.deepEqual(play(received(true), { type: "print" }, { type: "print" }).commands, [
    { type: "print", visit: 0 },
    { type: "print", visit: 0 },
  ]);
  assert.deepEqual(reduce(received(false), { type: "print" }), [received(false)]);
});
