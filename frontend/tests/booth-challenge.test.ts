import assert from "node:assert/strict";
import { test } from "node:test";

import type { Offering } from "../booth/offering.ts";
import { IDLE_MS, OPENED_MS, patience } from "../booth/patience.ts";
import { qrShape } from "../booth/qr.ts";
import { reduce } from "../booth/reducer.ts";
import { Sealer, type SealerAnswer, type SealerWork, type SealingWorker } from "../booth/sealer.ts";
import { challengeAnswer } from "../booth/server.ts";
import { BEGINNING, type ChallengeAnswer, type Event, NO_MARKS, type State } from "../booth/state.ts";
import { play } from "./played.ts";

const SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
const COMMITTED = { text: '{"ballot":"sealed"}', tracker: "tracker-of-the-sealed-ballot", opening: "opening-with-its-seed" };
const OTHER = { text: '{"ballot":"another"}', tracker: "another-tracker", opening: "another-opening" };

const OFFERING: Offering = {
  status: "open",
  rehearsal: false,
  name: "Valg",
  municipality: "Køge",
  most: 1,
  blank: true,
  candidates: ["Åse", "Bo"].map((name, i) => ({ number: i + 1, name, line: null, photo: null })),
};

const sealed = (review: number, committed = COMMITTED): Event => ({ type: "sealed", visit: 0, review, committed });

const answered = (answer: ChallengeAnswer, ballot = COMMITTED.text): Event => ({ type: "challenge_answered", visit: 0, ballot, answer });

const deciding = (): State =>
  play(
    BEGINNING,
    { type: "loaded", offering: OFFERING },
    { type: "language", language: "da" },
    { type: "slip", credential: SLIP },
    { type: "slip_answered", visit: 0, answer: "ready" },
    { type: "mark", candidate: 1, on: true },
    { type: "review" },
    { type: "confirm" },
  ).state;

const committed = (): State => play(deciding(), sealed(1)).state;
const asking = (): State => play(committed(), { type: "challenge" }).state;
const opened = (): State => play(asking(), answered({ kind: "challenged", receipt: COMMITTED.tracker })).state;

test("Before the commitment is there nothing but a change can be pressed", () => {
  for (const event of [{ type: "cast" }, { type: "challenge" }] as const) assert.deepEqual(reduce(deciding(), event), [deciding()]);
  assert.equal(play(deciding(), { type: "change" }).state.step.name, "choose");
});

test("Nothing is cast or opened where the choice is seen, sealed or not, and confirming it is no decision", () => {
  const looking = play(committed(), { type: "change" }, { type: "review" }).state;
  for (const state of [looking, play(looking, sealed(2, OTHER)).state]) {
    assert.equal(state.step.name, "review");
    for (const event of [{ type: "cast" }, { type: "challenge" }] as const) assert.deepEqual(reduce(state, event), [state]);
    const { state: next, commands } = play(state, { type: "confirm" }, { type: "confirm" });
    assert.deepEqual([next.step.name, commands], ["decide", []]);
  }
});

test("Another look at the same marks seals another ballot, and one that was sealed for the look before is not taken", () => {
  const { state, commands } = play(committed(), { type: "change" }, { type: "review" }, { type: "confirm" });
  assert.deepEqual(commands, [{ type: "seal", visit: 0, review: 2, credential: SLIP, marks: { chosen: [1], blank: false } }]);
  assert.deepEqual(play(state, sealed(1), { type: "seal_failed", visit: 0, review: 1 }).state, state);
  const again = play(state, sealed(2, OTHER), sealed(2)).state;
  assert.ok(again.step.name === "decide" && again.step.committed?.tracker === OTHER.tracker, "a code once shown does not change");
});

test("A ballot that cannot be sealed is refused, and nothing of it is handed in", () => {
  const { state, commands } = play(deciding(), { type: "seal_failed", visit: 0, review: 1 });
  assert.deepEqual([state.step, commands], [{ name: "refused", problem: "failed" }, []]);
});

test("A challenge is opened on the house's answer and no sooner", () => {
  const { state, commands } = play(committed(), { type: "challenge" }, { type: "challenge" });
  assert.deepEqual(commands, [{ type: "challenge", visit: 0, ballot: COMMITTED.text, after: 0 }]);
  for (const event of [{ type: "again" }, { type: "cast" }, { type: "retry" }, { type: "change" }] as const) {
    assert.deepEqual(reduce(state, event), [state]);
  }
  const { step } = opened();
  assert.ok(step.name === "opened" && step.opening === COMMITTED.opening && step.tracker === COMMITTED.tracker);
});

test("Without an answer nothing is opened: the same bytes are asked for again, by the clock and by a press", () => {
  const lost = play(asking(), answered({ kind: "unreachable" }));
  assert.ok(lost.state.step.name === "challenge" && lost.state.step.isLost);
  const again = { type: "challenge", visit: 0, ballot: COMMITTED.text } as const;
  assert.deepEqual(lost.commands.map((command) => ({ ...command, after: 0 })), [{ ...again, after: 0 }]);
  assert.deepEqual(play(lost.state, { type: "retry" }).commands, [{ ...again, after: 0 }]);
  assert.equal(play(lost.state, answered({ kind: "challenged", receipt: COMMITTED.tracker })).state.step.name, "opened");
  assert.deepEqual(patience(lost.state), { after: IDLE_MS, event: { type: "warn" }, restarts: true });
});

test("A house that answers for another ballot is an alarm, and a ballot found in the urn is not opened", () => {
  for (const kind of ["challenged", "cast"] as const) {
    const { step } = play(asking(), answered({ kind, receipt: OTHER.tracker })).state;
    assert.deepEqual(step, { name: "alarm", expected: COMMITTED.tracker, received: OTHER.tracker });
  }
  const cast = play(asking(), answered({ kind: "cast", receipt: COMMITTED.tracker })).state;
  assert.deepEqual(cast.step, { name: "receipt", code: COMMITTED.tracker });
});

const shownAgain = (state: State): State =>
  play(state, { type: "again" }, { type: "slip", credential: SLIP }, { type: "slip_answered", visit: 0, answer: "ready" }).state;

test("After a challenge the voter shows the same slip again and chooses anew, and the opened ballot can no more be cast", () => {
  assert.ok(!JSON.stringify(opened()).includes(SLIP), "whoever comes to the tablet now cannot vote by her slip");
  const { state, commands } = play(opened(), { type: "cast" }, { type: "retry" }, { type: "again" });
  assert.deepEqual([state.step, commands], [{ name: "start" }, []]);
  assert.ok(!JSON.stringify(state).includes("seed"), "the seed is forgotten");
  const chosen = shownAgain(opened());
  assert.deepEqual(chosen.step, { name: "choose", credential: SLIP, marks: NO_MARKS });
  const next = play(chosen, { type: "mark", candidate: 0, on: true }, { type: "review" }, sealed(1), sealed(2, OTHER), { type: "confirm" }, { type: "cast" });
  assert.deepEqual(next.commands.at(-1), { type: "send", visit: 0, sealed: { text: OTHER.text, tracker: OTHER.tracker }, after: 0 });
});

test("A late answer about the ballot challenged before is not taken for one about this", () => {
  const second = play(shownAgain(opened()), { type: "mark", candidate: 0, on: true }, { type: "review" }, sealed(2, OTHER), { type: "confirm" });
  const { state } = play(second.state, { type: "challenge" });
  const late = answered({ kind: "challenged", receipt: COMMITTED.tracker });
  assert.deepEqual(reduce(state, late), [state]);
});

test("When no more ballots are opened, of anybody's, of this slip or for a minute, she can still cast the one she was shown", () => {
  for (const problem of ["exhausted", "slip_exhausted", "too_soon"] as const) {
    const { state } = play(asking(), answered({ kind: "held", problem }));
    assert.ok(state.step.name === "decide" && state.step.problem === problem && state.step.committed === COMMITTED);
    assert.equal(play(state, { type: "cast" }).state.step.name, "sending");
    assert.equal(play(state, { type: "challenge" }).commands.at(-1)?.type, "challenge", "she may ask again");
  }
});

test("A challenge that is refused ends as a ballot that is refused does, and on a revoked tablet as everything does", () => {
  const spent = play(asking(), answered({ kind: "refused", problem: "spent" })).state;
  assert.deepEqual(spent.step, { name: "refused", problem: "spent" });
  const gone = play(asking(), { type: "revoked" }, answered({ kind: "refused", problem: "revoked" })).state;
  assert.deepEqual(gone.step, { name: "notice", problem: "revoked" });
});

test("An opened ballot stays five minutes, also on a tablet that is revoked, and nothing is left of it after a voter", () => {
  assert.deepEqual(patience(opened()), { after: OPENED_MS, event: { type: "warn" }, restarts: true });
  assert.deepEqual(play(opened(), { type: "revoked" }).state, opened());
  for (const state of [committed(), asking(), opened()]) {
    const left = play(state, { type: "warn" }, { type: "clear" }).state;
    assert.deepEqual({ ...left, visit: 0 }, play(BEGINNING, { type: "loaded", offering: OFFERING }).state);
  }
});

test("Each answer about a challenge is understood, and only the house's own is one to open on", () => {
  const receipt = "abc";
  for (const status of [200, 201]) {
    assert.deepEqual(challengeAnswer({ status, json: { status: "challenged", receipt } }), { kind: "challenged", receipt });
  }
  assert.deepEqual(challengeAnswer({ status: 409, json: { status: "cast", receipt } }), { kind: "cast", receipt });
  for (const [status, problem] of [[409, "exhausted"], [409, "slip_exhausted"], [429, "too_soon"]] as const) {
    assert.deepEqual(challengeAnswer({ status, json: { status: problem } }), { kind: "held", problem });
  }
  assert.deepEqual(challengeAnswer({ status: 409, json: { status: "spent" } }), { kind: "refused", problem: "spent" });
  assert.deepEqual(challengeAnswer({ status: 403, json: { status: "error" } }), { kind: "refused", problem: "revoked" });
  assert.equal(challengeAnswer({ status: 503, json: undefined }).kind, "unreachable");
  const others = [
    { status: 201, json: { status: "accepted", receipt } },
    { status: 201, json: { status: "challenged" } },
    { status: 409, json: { status: "challenged", receipt } },
    { status: 500, json: { status: "challenged", receipt } },
    { status: 200, json: undefined },
  ];
  for (const answer of others) assert.notEqual(challengeAnswer(answer).kind, "challenged");
});

/** A worker that answers when it is told to. */
class Hand implements SealingWorker {
  onmessage: SealingWorker["onmessage"] = null;
  onerror: SealingWorker["onerror"] = null;
  readonly work: SealerWork[] = [];
  isEnded = false;

  postMessage(work: SealerWork): void {
    this.work.push(work);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(answer: SealerAnswer): void {
    this.onmessage?.({ data: answer } as MessageEvent<SealerAnswer>);
  }
}

function sealerWithHands(): { sealer: Sealer; hands: Hand[] } {
  const hands: Hand[] = [];
  const sealer = new Sealer(() => {
    const hand = new Hand();
    hands.push(hand);
    return hand;
  });
  return { sealer, hands };
}

test("A worker is ready before the voter comes, seals for her alone, and is ended with all that it knows", async () => {
  const { sealer, hands } = sealerWithHands();
  sealer.prepare("election");
  sealer.prepare("election");
  assert.deepEqual(hands.map(({ work }) => work), [[{ election: "election" }]]);
  const sealing = sealer.seal("election", SLIP, NO_MARKS);
  const job = hands[0]!.work.at(-1)!.job!;
  assert.deepEqual(job, { id: job.id, credential: SLIP, marks: NO_MARKS });
  hands[0]!.answer({ id: job.id, committed: COMMITTED });
  assert.equal(await sealing, COMMITTED);
  sealer.abandon();
  assert.deepEqual(hands.map(({ isEnded }) => isEnded), [false], "at rest it stays for the same voter");
  sealer.forget();
  assert.deepEqual(hands.map(({ isEnded }) => isEnded), [true, false]);
  assert.ok(!JSON.stringify(hands[1]!.work).includes(SLIP));
  sealer.forget();
  assert.equal(hands.length, 2, "one that was told nothing stays for the next voter");
});

test("What a changed mind or a broken worker leaves unsealed comes to nothing, and the next sealing has a new worker", async () => {
  const { sealer, hands } = sealerWithHands();
  const first = sealer.seal("election", SLIP, NO_MARKS);
  const second = sealer.seal("election", SLIP, { chosen: [0], blank: false });
  assert.equal(await first, undefined);
  assert.equal(hands[0]!.isEnded, true);
  hands[0]!.answer({ id: 2, committed: OTHER });
  hands[1]!.answer({ id: 1, committed: OTHER });
  hands[1]!.answer({ id: 2 });
  assert.equal(await second, undefined);
  const third = sealer.seal("election", SLIP, NO_MARKS);
  hands[1]!.onerror?.({} as ErrorEvent);
  assert.equal(await third, undefined);
  const fourth = sealer.seal("election", SLIP, NO_MARKS);
  hands[2]!.answer({ id: 4, committed: COMMITTED });
  assert.equal(await fourth, COMMITTED);
});

test("A code of an opening with 96 candidates is small enough to be read from a screen", () => {
  const opening = qrShape(`https://valg.eksempel-kommune.dk/integrationsraad-2025/check#${"x".repeat(232)}`);
  assert.ok(opening.side <= 65 + 8, "version 12 at most");
  assert.ok(opening.path.startsWith("M4 4h1v1h-1z"), "the margin is empty, and the corner is dark");
});
