import assert from "node:assert/strict";
import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";

import { BEAT_MS, Booth } from "../booth/booth.ts";
import { type Candidate, type OfferingJson, UnfitOffering, readOffering } from "../booth/offering.ts";
import { IDLE_MS } from "../booth/patience.ts";
import { askAbout, commit } from "../booth/sealing.ts";
import { BoothServer, castAnswer, slipAnswer } from "../booth/server.ts";
import { BEGINNING, type CastAnswer, type Event, type SlipAnswer, type State } from "../booth/state.ts";
import { LOAD_AGAIN_AFTER } from "../booth/steps/transition.ts";
import {
  type Json,
  checkBallot,
  drawCredential,
  drawScalar,
  electionText,
  readElection,
  readPoint,
  readProof,
  tracker,
  verifies,
  trusteeKey,
} from "../protocol/index.ts";
import { random } from "./vectors.ts";

const CANDIDATES: readonly Candidate[] = [
  { number: 1, name: "Åse Ørum", line: null, photo: null },
  { number: 2, name: "Bo Bach", line: "bager", photo: null },
  { number: 3, name: "Bo Bach", line: "sygeplejerske", photo: null },
];
const { publicKey } = trusteeKey(drawScalar(random), random);
const ELECTION = electionText({
  uuid: "nLq13U8vNxgdGn",
  name: "Integrationsråd",
  description: "",
  publicKey,
  questions: [{ question: "Hvem?", answers: CANDIDATES.map(({ name, line }) => (line ? `${name} (${line})` : name)), blank: true, least: 1, most: 2 }],
});

function offer(changes: Partial<OfferingJson> = {}): Json {
  const json = {
    status: "open",
    rehearsal: true,
    name: "Integrationsråd",
    municipality: "Køge",
    votes_per_voter: 2,
    blank: true,
    election: ELECTION,
    candidates: CANDIDATES,
    ...changes,
  };
  return json as unknown as Json;
}

test("An offering that shows another ballot paper than the election's is not voted on", () => {
  assert.equal(readOffering(offer()).election?.uuid, "nLq13U8vNxgdGn");
  const changes: readonly Partial<OfferingJson>[] = [
    { votes_per_voter: 1 },
    { blank: false },
    { candidates: CANDIDATES.slice(1) },
    { candidates: [...CANDIDATES].reverse() },
    { candidates: CANDIDATES.map((one) => ({ ...one, name: "" })) },
    { election: null },
    { status: "ready" as "open" },
  ];
  for (const change of changes) assert.throws(() => readOffering(offer(change)), UnfitOffering);
});

test("Of namesakes each is shown by her own line, and nobody by a part of what the election names her", () => {
  const [first, second, third] = CANDIDATES as readonly [Candidate, Candidate, Candidate];
  const swapped = [first, { ...second, line: third.line }, { ...third, line: second.line }];
  const bare = CANDIDATES.map((one) => ({ ...one, line: null }));
  const prefix = [{ ...first, name: "Åse" }, second, third];
  const added = [{ ...first, line: "formand" }, second, third];
  const renumbered = [{ ...first, number: 2 }, { ...second, number: 1 }, third];
  for (const candidates of [swapped, bare, prefix, added, renumbered]) {
    assert.throws(() => readOffering(offer({ candidates })), UnfitOffering);
  }
});

test("Before the freeze there may be no election, and then there is nothing to vote on", () => {
  const early = readOffering(offer({ status: "not_open", election: null }));
  assert.equal(early.election, undefined);
});

test("Sealed marks are a ballot that its election accepts, under the public half of the slip", () => {
  const election = readElection(ELECTION);
  const credential = drawCredential(random);
  const known = new Set([askAbout(election, credential, random).credential]);
  for (const marks of [{ chosen: [0, 2], blank: false }, { chosen: [], blank: true }]) {
    const sealed = commit(election, credential, marks, random);
    assert.ok(checkBallot(election, known, sealed.text));
    assert.ok(!sealed.text.includes(credential));
  }
});

test("Who asks about a slip proves to hold it, and tells nothing else of it", () => {
  const election = readElection(ELECTION);
  const credential = drawCredential(random);
  const asked = askAbout(election, credential, random);
  const prefix = `slip|${election.uuid}|${asked.credential}|`;
  assert.ok(verifies(prefix, readPoint(asked.credential), readProof(asked.proof)));
  assert.ok(!verifies(`sig|${asked.credential}|`, readPoint(asked.credential), readProof(asked.proof)));
  assert.ok(!JSON.stringify(asked).includes(credential));
});

test("Each answer about a slip is understood, and any other is not taken for a yes", () => {
  for (const status of ["ready", "unknown", "spent", "void", "not_open", "closed"] as const) {
    assert.equal(slipAnswer({ status: 200, json: { status } }), status);
  }
  assert.equal(slipAnswer({ status: 403, json: { status: "error" } }), "revoked");
  assert.equal(slipAnswer({ status: 503, json: undefined }), "unreachable");
  for (const json of [{ status: "fine" }, {}, null, [], "ready", undefined] as const) {
    assert.equal(slipAnswer({ status: 200, json }), "failed");
  }
  assert.equal(slipAnswer({ status: 404, json: { status: "ready" } }), "failed");
});

test("Each answer about a ballot is understood, and only a receipt is taken for one", () => {
  const receipt = "abc";
  for (const status of [200, 201]) {
    assert.deepEqual(castAnswer({ status, json: { status: "accepted", receipt } }), { kind: "accepted", receipt });
  }
  const refusals: readonly (readonly [number, string])[] = [
    [409, "spent"],
    [409, "void"],
    [409, "full"],
    [409, "challenged"],
    [409, "closed"],
    [409, "not_open"],
    [403, "unknown"],
    [422, "rejected"],
  ];
  for (const [status, problem] of refusals) {
    assert.deepEqual(castAnswer({ status, json: { status: problem } }), { kind: "refused", problem });
  }
  for (const json of [{ status: "accepted" }, { receipt }, { status: "accepted", receipt: 5 }, undefined] as const) {
    assert.notEqual(castAnswer({ status: 201, json }).kind, "accepted");
  }
  assert.equal(castAnswer({ status: 500, json: { status: "error" } }).kind, "unreachable");
  assert.deepEqual(castAnswer({ status: 403, json: { status: "error" } }), { kind: "refused", problem: "revoked" });
  assert.deepEqual(castAnswer({ status: 400, json: { status: "error" } }), { kind: "refused", problem: "failed" });
});

/**
 * A booth server on this machine that takes what it is sent; the first `drops` ballots are taken, but not answered.
 * While `isRevoked` it lets nobody in.
 */
class Urn {
  readonly received: { readonly path: string; readonly body: string }[] = [];
  readonly #server: Server;
  drops = 0;
  isRevoked = false;

  constructor() {
    this.#server = createServer((request, response) => {
      void body(request).then((text) => {
        const path = request.url ?? "";
        this.received.push({ path, body: text });
        if (path.endsWith("/ballots") && this.drops > 0) {
          this.drops -= 1;
          request.socket.destroy();
          return;
        }
        response.statusCode = this.isRevoked ? 403 : 200;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(this.#answer(path, text)));
      });
    });
  }

  #answer(path: string, text: string): Json {
    if (this.isRevoked) return { status: "error" };
    if (path.endsWith("/election.json")) return offer();
    if (path.endsWith("/alive.json")) return { status: "open" };
    if (path.endsWith("/slip")) return { status: "ready" };
    return { status: "accepted", receipt: tracker(text) };
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/valg/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections?.();
  }
}

async function body(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += String(part);
  return text;
}

const DANISH: Event = { type: "language", language: "da" };

/** A booth without a page: `until` waits for a step. */
class Visit {
  readonly booth: Booth;
  #state: State | undefined;
  #waiting: (() => void)[] = [];
  /** How often what seals was told to forget. */
  forgotten = 0;
  /** How often something was printed, and when the page has been drawn. */
  printed = 0;
  drawn: Promise<void> = Promise.resolve();
  /** What the clock would do every twenty seconds. */
  beat: () => void = () => assert.fail("no beat was asked for");

  constructor(base: string, server = new BoothServer(base)) {
    this.booth = new Booth({
      server,
      random,
      painted: () => this.drawn,
      print: () => (this.printed += 1) > 0,
      sealer: {
        prepare: () => undefined,
        seal: (election, credential, marks) => Promise.resolve(commit(readElection(election), credential, marks, random)),
        abandon: () => undefined,
        forget: () => {
          this.forgotten += 1;
        },
        stop: () => undefined,
      },
      every: (milliseconds, act) => {
        assert.equal(milliseconds, BEAT_MS);
        this.beat = act;
        return () => undefined;
      },
      show: (state) => {
        this.#state = state;
        for (const wake of this.#waiting.splice(0)) wake();
      },
    });
    this.booth.start();
  }

  async until(name: State["step"]["name"]): Promise<State> {
    while (this.#state?.step.name !== name) await new Promise<void>((wake) => this.#waiting.push(wake));
    return this.#state;
  }

  /** Confirm the choice, and wait until the ballot is sealed. */
  async untilCommitted(): Promise<void> {
    await this.until("review");
    this.say({ type: "confirm" });
    const isSealing = (): boolean => this.#state?.step.name === "decide" && this.#state.step.committed === undefined;
    while (isSealing()) await new Promise<void>((wake) => this.#waiting.push(wake));
  }

  say(...events: readonly Event[]): void {
    for (const event of events) this.booth.dispatch(event);
  }
}

/** A house whose poll is not open yet. */
class Early extends BoothServer {
  override election(): Promise<Json> {
    return Promise.resolve(offer({ status: "not_open" }));
  }
}

test("What somebody set before the poll opens is forgotten after her, however often the tablet looks meanwhile", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const visit = new Visit("", new Early("/"));
  const pass = async (milliseconds: number): Promise<void> => {
    t.mock.timers.tick(milliseconds);
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  await pass(0);
  visit.say({ type: "prefer", change: { contrast: "high" } });
  for (let time = 0; time < IDLE_MS; time += LOAD_AGAIN_AFTER) await pass(LOAD_AGAIN_AFTER);
  assert.deepEqual((await visit.until("notice")).preferences, BEGINNING.preferences);
  visit.booth.stop();
});

const urn = new Urn();
after(() => urn.close());

test("A ballot whose answer was lost is sent again byte for byte, and the slip never leaves the tablet", async () => {
  urn.drops = 1;
  const visit = new Visit(await urn.open());
  const credential = drawCredential(random);
  await visit.until("language");
  visit.say(DANISH, { type: "slip", credential });
  await visit.until("choose");
  visit.say({ type: "mark", candidate: 1, on: true }, { type: "mark", candidate: 2, on: true }, { type: "review" });
  await visit.untilCommitted();
  visit.say({ type: "cast" });
  await visit.until("unreachable");
  visit.say({ type: "retry" });
  const { step } = await visit.until("receipt");

  const ballots = urn.received.filter(({ path }) => path === "/valg/ballots").map((request) => request.body);
  assert.equal(ballots.length, 2);
  assert.equal(ballots[0], ballots[1]);
  assert.deepEqual(step, { name: "receipt", code: tracker(ballots[0] ?? "") });
  const election = readElection(ELECTION);
  const known = new Set([askAbout(election, credential, random).credential]);
  assert.ok(checkBallot(election, known, ballots[0] ?? ""));
  for (const sent of urn.received) {
    assert.ok(!sent.body.includes(credential) && !sent.path.includes(credential));
  }
  visit.say({ type: "clear" });
  await visit.until("language");
  visit.booth.stop();
});

/** A house with a printer in each booth, whose rules ask for a paper. */
class Printing extends BoothServer {
  override election(): Promise<Json> {
    return Promise.resolve(offer({ paper_record: "before_cast", printer: true }));
  }

  override slip(): Promise<SlipAnswer> {
    return Promise.resolve("ready");
  }

  override cast(ballot: string): Promise<CastAnswer> {
    return Promise.resolve({ kind: "accepted", receipt: tracker(ballot) });
  }
}

test("What was to be printed of one screen is not printed from the next", async () => {
  const visit = new Visit("", new Printing("/"));
  await visit.until("language");
  visit.say(DANISH, { type: "slip", credential: drawCredential(random) });
  await visit.until("choose");
  visit.say({ type: "mark_blank", on: true }, { type: "review" });
  await visit.untilCommitted();
  let draw = (): void => undefined;
  visit.drawn = new Promise((resolve) => (draw = resolve));
  visit.say({ type: "cast" }, { type: "cast" });
  await visit.until("receipt");
  draw();
  await visit.drawn;
  await Promise.resolve();
  assert.equal(visit.printed, 0, "a receipt is printed when she asks for it");
  visit.say({ type: "print" });
  await visit.drawn;
  await Promise.resolve();
  assert.equal(visit.printed, 1);
  visit.booth.stop();
});

test("What sealed for a voter forgets her when she casts and when she leaves, also from the ballot paper she went back to", async (t) => {
  const urn = new Urn();
  t.after(() => urn.close());
  const visit = new Visit(await urn.open());
  for (const ends of [{ type: "clear" }, { type: "hidden" }, { type: "revoked" }] as const) {
    await visit.until("language");
    visit.say(DANISH, { type: "slip", credential: drawCredential(random) });
    await visit.until("choose");
    visit.say({ type: "mark", candidate: 0, on: true }, { type: "mark", candidate: 2, on: true }, { type: "review" });
    await visit.untilCommitted();
    visit.say({ type: "change" });
    const before = visit.forgotten;
    visit.say(ends);
    assert.equal(visit.forgotten, before + 1, ends.type);
    if (ends.type === "revoked") visit.say({ type: "clear" });
  }
  visit.booth.stop();
});

test("The tablet says that it is on by the clock alone, whatever its voter does, and stops when it is let in no more", async (t) => {
  const urn = new Urn();
  t.after(() => urn.close());
  const visit = new Visit(await urn.open());
  const beats = (): number => urn.received.filter(({ path }) => path.endsWith("/alive.json")).length;
  await visit.until("language");
  visit.say(DANISH, { type: "slip", credential: drawCredential(random) });
  await visit.until("choose");
  visit.say({ type: "mark", candidate: 0, on: true }, { type: "mark", candidate: 2, on: true }, { type: "review" });
  await visit.untilCommitted();
  visit.say({ type: "cast" });
  await visit.until("receipt");
  visit.say({ type: "clear" });
  await visit.until("language");
  assert.equal(beats(), 0, "a vote makes no sign of life come sooner");
  visit.beat();
  while (beats() < 1) await new Promise((wake) => setTimeout(wake, 5));

  visit.say(DANISH, { type: "slip", credential: drawCredential(random) });
  await visit.until("choose");
  urn.isRevoked = true;
  visit.beat();
  const { step } = await visit.until("notice");
  assert.deepEqual(step, { name: "notice", problem: "revoked" });
  urn.isRevoked = false;
  visit.say({ type: "clear" });
  await visit.until("language");
  visit.booth.stop();
});
