import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ArchiveWriter,
  type Credential,
  type EventType,
  type RefusalCode,
  addBallot,
  checkBallot,
  combine,
  credentialsText,
  decryptPartially,
  decryptionText,
  deriveCredential,
  deriveMemberKeys,
  drawCredential,
  drawScalar,
  electionKey,
  electionText,
  emptyTally,
  findCounts,
  openShare,
  ownedText,
  parse,
  pointText,
  readArchive,
  readDecryption,
  readElection,
  readScalar,
  readTally,
  readTimestamp,
  resultText,
  sealBallot,
  setupText,
  sizedText,
  tallyText,
  trusteeKey,
  trusteesText,
  verifyArchive,
  verification,
  voteBlank,
  voteFor,
} from "../protocol/index.ts";
import { frame } from "../protocol/archive/tar.ts";
import { shaHex, utf8ToBytes } from "../protocol/hash.ts";
import { refused } from "./refused.ts";
import { ELECTIONS, MEMBERS, archive, bytes, line, lines, random } from "./vectors.ts";

for (const folder of ELECTIONS) {
  test(`The election ${folder} verifies from its archive, with the votes that were cast`, () => {
    const verdict = verifyArchive(archive(folder));
    const cast = lines(folder, "votes.jsonl").map((text) => (JSON.parse(text) as { choice: number[][] }).choice[0]!);
    const sums = cast[0]!.map((_, i) => cast.reduce((sum, vote) => sum + vote[i]!, 0));
    assert.equal(verdict.ballots, 20);
    assert.equal(verdict.lastEvent, "Result");
    assert.deepEqual(verdict.counts, [sums]);
    assert.equal(resultText(verdict.counts ?? []), line(folder, "result.json"));
  });

  test(`The archive of ${folder} is rebuilt byte for byte`, () => {
    const original = archive(folder);
    const writer = new ArchiveWriter(readTimestamp(original));
    for (const { type, records } of readArchive(original)) writer.append(type, records);
    assert.deepEqual(writer.bytes(), original);
  });

  test(`The trustees' secrets of ${folder} give the published decryption factors and counts`, () => {
    const entries = [...readArchive(archive(folder))];
    const election = readElection(line(folder, "election.json"));
    const sum = entries.find(({ type }) => type === "EncryptedTally")!;
    const tally = readTally(sum.records[0]!);
    assert.equal(tallyText(tally), sum.records[0]);
    assert.equal(sizedText(tally, 20), sum.records[1]);
    for (const { records } of entries.filter(({ type }) => type === "PartialDecryption")) {
      const { owner } = JSON.parse(records[1]!) as { owner: number };
      const published = readDecryption(records[0]!);
      const own = decryptPartially(election, tally, trusteeSecret(folder, owner), random);
      assert.deepEqual(own.factors.map((row) => row.map(pointText)), published.factors.map((row) => row.map(pointText)));
      assert.equal(decryptionText(published), records[0]);
      assert.equal(ownedText(owner, records[0]!), records[1]);
    }
  });
}

function trusteeSecret(folder: string, owner: number): bigint {
  if (folder !== "threshold-max1") {
    const label = lines(folder, "trustee_ids.txt")[owner - 1]!;
    return readScalar(parse(line(folder, `${label}.privkey`)));
  }
  const label = MEMBERS[owner - 1]!;
  return openShare(deriveMemberKeys(line(folder, `${label}.key`)), line(folder, `${label}.dkey`));
}

test("Each archive that the original lets pass wrongly is refused for what is wrong with it", () => {
  const expected: readonly (readonly [string, RefusalCode])[] = [
    ["overvote-complete.bel", "InvalidBallot"],
    ["stuffed-complete.bel", "InvalidBallot"],
    ["replay-before-tally.bel", "DuplicateBallot"],
    ["dropped-ballots-complete.bel", "WrongOrder"],
  ];
  for (const [name, code] of expected) refused(() => verifyArchive(bytes("negative", name)), code);
});

type Step = readonly [EventType, readonly string[]];

/** A small election of our own, with everything needed to play honest and dishonest parts in it. */
class Play {
  readonly secret = drawScalar(random);
  readonly key = trusteeKey(this.secret, random);
  readonly election = readElection(
    electionText({
      uuid: "nLq13U8vNxgdGn",
      name: "Valg",
      description: "",
      publicKey: electionKey([{ kind: "Single", key: this.key }]),
      questions: [{ question: "Hvem?", answers: ["Åse", "Bo"], blank: true, least: 1, most: 1 }],
    }),
  );
  readonly credentials: readonly Credential[] = [0, 1].map(() => deriveCredential(this.election.uuid, drawCredential(random)));
  readonly list = credentialsText(this.credentials.map(({ publicKey }) => publicKey));
  readonly setup = {
    election: this.election.text,
    trustees: trusteesText([{ kind: "Single", key: this.key }]),
    credentials: this.list,
  };
  readonly ballots = [this.cast(0, [1]), this.cast(1, [])];
  readonly tally = this.sum(this.ballots);
  readonly decryption = decryptPartially(this.election, this.tally, this.secret, random);

  cast(voter: number, chosen: readonly number[]): string {
    const question = this.election.questions[0]!;
    const vote = chosen.length > 0 ? voteFor(question, chosen) : voteBlank(question);
    return sealBallot(this.election, this.credentials[voter]!, [vote], random).text;
  }

  sum(ballots: readonly string[]): ReturnType<typeof emptyTally> {
    const known = new Set(JSON.parse(this.list) as string[]);
    return ballots.reduce(
      (tally, text) => addBallot(tally, checkBallot(this.election, known, text)),
      emptyTally(this.election),
    );
  }

  /** The events of an honest election. */
  events(): [Step, Step, Step, Step, Step, Step, Step] {
    const { election, trustees, credentials } = this.setup;
    const decryption = decryptionText(this.decryption);
    return [
      ["Setup", [election, trustees, credentials, setupText(this.setup)]],
      ["Ballot", [this.ballots[0]!]],
      ["Ballot", [this.ballots[1]!]],
      ["EndBallots", []],
      ["EncryptedTally", [tallyText(this.tally), sizedText(this.tally, 2)]],
      ["PartialDecryption", [decryption, ownedText(1, decryption)]],
      ["Result", [resultText([[1, 0, 1]])]],
    ];
  }
}

function written(events: readonly Step[]): Uint8Array {
  const writer = new ArchiveWriter(1_795_309_388);
  for (const [type, records] of events) writer.append(type, records);
  return writer.bytes();
}

const play = new Play();

test("An election of our own verifies, and its counts are found from the decryptions", () => {
  const verdict = verifyArchive(written(play.events()));
  const factors = combine([{ kind: "Single", key: play.key }], new Map([[1, play.decryption]]));
  assert.deepEqual(verdict.counts, [[1, 0, 1]]);
  assert.deepEqual(findCounts(play.tally, factors, 2), [[1, 0, 1]]);
});

test("The writer's own words for each event give the same archive", () => {
  const writer = new ArchiveWriter(1_795_309_388);
  writer.setup(play.setup);
  for (const ballot of play.ballots) writer.ballot(ballot);
  writer.endBallots();
  writer.encryptedTally(play.tally, 2);
  writer.partialDecryption(1, play.decryption);
  writer.result([[1, 0, 1]]);
  assert.deepEqual(writer.bytes(), written(play.events()));
});

test("An archive that stops after any event is sound so far, and complete only with its result", () => {
  const events = play.events();
  for (let length = 1; length < events.length; length += 1) {
    const verdict = verifyArchive(written(events.slice(0, length)));
    assert.equal(verdict.counts, undefined);
    assert.equal(verdict.lastEvent, events[length - 1]![0]);
  }
});

test("An election in which nobody voted verifies to nothing", () => {
  const tally = play.sum([]);
  const decryption = decryptionText(decryptPartially(play.election, tally, play.secret, random));
  const [setup] = play.events();
  const verdict = verifyArchive(
    written([
      setup!,
      ["EndBallots", []],
      ["EncryptedTally", [tallyText(tally), sizedText(tally, 0)]],
      ["PartialDecryption", [decryption, ownedText(1, decryption)]],
      ["Result", [resultText([[0, 0, 0]])]],
    ]),
  );
  assert.deepEqual(verdict.counts, [[0, 0, 0]]);
});

test("A page can follow the verification ballot by ballot", () => {
  const seen = [...verification(written(play.events()))];
  assert.deepEqual(seen, [0, 1, 2, 2, 2, 2, 2]);
});

test("Events out of their order, missing or twice are refused", () => {
  const [setup, one, other, end, sum, part, result] = play.events();
  const orders: readonly (readonly Step[])[] = [
    [one],
    [setup, setup],
    [setup, one, other, sum],
    [setup, one, end, other],
    [setup, one, end, end],
    [setup, one, other, end, part],
    [setup, one, other, end, result],
    [setup, one, other, end, sum, sum],
    [setup, one, other, end, sum, part, one],
    [setup, one, other, end, sum, part, result, result],
    [setup, one, other, end, sum, part, result, part],
  ];
  for (const order of orders) refused(() => verifyArchive(written(order)), "WrongOrder");
});

/** The honest events with one of them exchanged. */
function exchanged(at: number, records: readonly string[]): Uint8Array {
  const events: Step[] = play.events();
  events[at] = [events[at]![0], records];
  return written(events);
}

test("A replayed ballot and a second ballot on one credential are refused", () => {
  refused(() => verifyArchive(exchanged(2, [play.ballots[0]!])), "DuplicateBallot");
  refused(() => verifyArchive(exchanged(2, [play.cast(0, [0])])), "DuplicateCredential");
});

test("An encrypted tally or a count of ballots that is not theirs is refused", () => {
  const forged = play.sum([play.ballots[0]!]);
  refused(() => verifyArchive(exchanged(4, [tallyText(forged), sizedText(forged, 2)])), "InvalidTally");
  refused(() => verifyArchive(exchanged(4, [tallyText(play.tally), sizedText(play.tally, 3)])), "InvalidTally");
  refused(() => verifyArchive(exchanged(4, [tallyText(play.tally), sizedText(forged, 2)])), "BrokenChain");
  const heavy = sizedText(play.tally, 2).replace('"total_weight":2', '"total_weight":3');
  refused(() => verifyArchive(exchanged(4, [tallyText(play.tally), heavy])), "InvalidTally");
});

test("A bad decryption proof is refused even before there is a result", () => {
  const text = decryptionText(play.decryption);
  const changed = text.replace(/"response":"(\d)/, (_, digit: string) => `"response":"${digit === "1" ? "2" : "1"}`);
  const foreign = decryptionText(decryptPartially(play.election, play.tally, drawScalar(random), random));
  const short = decryptionText(decryptPartially(play.election, [play.tally[0]!.slice(1)], play.secret, random));
  for (const bad of [changed, foreign, short]) {
    const events = play.events().slice(0, 5);
    refused(() => verifyArchive(written([...events, ["PartialDecryption", [bad, ownedText(1, bad)]]])), "InvalidDecryption");
  }
});

test("A decryption by nobody or twice by one trustee is refused", () => {
  const text = decryptionText(play.decryption);
  for (const owner of [0, 2]) refused(() => verifyArchive(exchanged(5, [text, ownedText(owner, text)])), "InvalidDecryption");
  const events: Step[] = play.events();
  events.splice(5, 0, events[5]!);
  refused(() => verifyArchive(written(events)), "InvalidDecryption");
});

test("A result with other counts, another shape or too few decryptions is refused", () => {
  for (const counts of [[[0, 1, 1]], [[1, 0]], [[1, 0, 1, 0]], [], [[1, 0, 1], [0]]]) {
    refused(() => verifyArchive(exchanged(6, [resultText(counts)])), "InvalidResult");
  }
  const events: Step[] = play.events();
  events.splice(5, 1);
  refused(() => verifyArchive(written(events)), "InvalidResult");
});

test("A key that is not the trustees', and set-up data that name other texts, are refused", () => {
  const stranger = trusteesText([{ kind: "Single", key: trusteeKey(drawScalar(random), random) }]);
  const { election, trustees, credentials } = play.setup;
  const setup = setupText({ election, trustees: stranger, credentials });
  refused(() => verifyArchive(exchanged(0, [election, stranger, credentials, setup])), "InvalidTrustees");
  refused(() => verifyArchive(exchanged(0, [election, trustees, credentials, setup])), "BrokenChain");
});

test("Every changed byte of an archive is refused", () => {
  const honest = written(play.events());
  for (let place = 3; place < honest.length; place += 997) {
    const changed = honest.slice();
    changed[place]! ^= 1;
    refused(() => [...readArchive(changed)]);
  }
});

test("An archive that breaks off, goes on, or is none is refused as unreadable", () => {
  const honest = written(play.events());
  const longer = new Uint8Array(honest.length + 1024);
  longer.set(honest);
  const attempts = [honest.subarray(0, -512), honest.subarray(0, -1), longer, honest.subarray(512), new Uint8Array(0), utf8ToBytes("{}")];
  for (const attempt of attempts) refused(() => verifyArchive(attempt), "Unreadable");
});

test("Records that no event needs, or that an event lacks, are refused", () => {
  const [setup, one, other] = play.events();
  refused(() => verifyArchive(written([setup, ["Ballot", [...one[1], ...other[1]]]])), "BrokenChain");
  refused(() => verifyArchive(written([setup, ["Ballot", []]])), "BrokenChain");
  const loose = frame({ name: `${shaHex("{}")}.data.json`, content: "{}" }, 1_795_309_388);
  refused(() => verifyArchive(joined(written([setup]), loose)), "BrokenChain");
});

test("Events of one archive cannot follow the events of another", () => {
  const [setup, one, other] = play.events();
  const foreign = written([setup, other]).subarray(written([setup]).length);
  assert.deepEqual(joined(written([setup]), foreign), written([setup, other]));
  refused(() => verifyArchive(joined(written([setup, one]), foreign)), "BrokenChain");
});

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  return new Uint8Array([...first, ...second]);
}
