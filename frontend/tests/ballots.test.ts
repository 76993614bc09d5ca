import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Ballot,
  type Credential,
  type Election,
  type Plaintext,
  ballotText,
  checkBallot,
  deriveCredential,
  drawCredential,
  drawScalar,
  electionText,
  parse,
  pointText,
  readBallot,
  readElection,
  sealBallot,
  tracker,
  trusteeKey,
  voteBlank,
  voteFor,
} from "../protocol/index.ts";
import { signaturePrefix, signedHash } from "../protocol/ballot.ts";
import { O, Q } from "../protocol/group.ts";
import type { Json } from "../protocol/json.ts";
import { prove } from "../protocol/schnorr.ts";
import { refused } from "./refused.ts";
import { ELECTIONS, line, lines, random } from "./vectors.ts";

interface Negative {
  readonly name: string;
  readonly expected: string;
  readonly ballot: string;
}

const UUID = "nLq13U8vNxgdGn";

/** A small election of our own; the question differs from test to test. */
function ownElection(answers: number, least: number, most: number, blank: boolean): Election {
  const question = { question: "Hvem?", answers: Array.from({ length: answers }, (_, i) => `Åse ${i}`), blank, least, most };
  const { publicKey } = trusteeKey(drawScalar(random), random);
  return readElection(electionText({ uuid: UUID, name: "Prøve", description: "", publicKey, questions: [question] }));
}

function ownCredential(): Credential {
  return deriveCredential(UUID, drawCredential(random));
}

const listOf = (credential: Credential): ReadonlySet<string> => new Set([pointText(credential.publicKey)]);

for (const folder of ELECTIONS) {
  test(`The first ballot of ${folder} is written as it was read, and its signed hash is its own`, () => {
    const text = line(folder, "ballot0.json");
    const ballot = readBallot(text);
    assert.equal(ballotText(ballot), text);
    assert.equal(signedHash(ballot), ballot.signature.hash);
    assert.equal(tracker(text).length, 43);
  });
}

test("Every negative ballot is refused and the valid ones are accepted", () => {
  const election = readElection(line("single-max1", "election.json"));
  const list = JSON.parse(line("single-max1", "public_creds.json")) as string[];
  const credentials = new Set(list.map((entry) => entry.slice(0, 64)));
  const cases = lines("negative", "ballots.jsonl").map((text) => JSON.parse(text) as Negative);
  assert.equal(cases.length, 20);
  for (const { expected, ballot } of cases) {
    if (expected === "ok") assert.ok(checkBallot(election, credentials, ballot));
    else refused(() => checkBallot(election, credentials, ballot));
  }
});

test("A sealed vote for the first, the last, several or nobody is accepted where the question allows it", () => {
  const cases: readonly (readonly [Election, (election: Election) => Plaintext])[] = [
    [ownElection(3, 1, 1, true), ({ questions: [question] }) => voteFor(question!, [0])],
    [ownElection(3, 1, 1, true), ({ questions: [question] }) => voteFor(question!, [2])],
    [ownElection(3, 1, 1, true), ({ questions: [question] }) => voteBlank(question!)],
    [ownElection(4, 1, 3, true), ({ questions: [question] }) => voteFor(question!, [3, 0, 1])],
    [ownElection(4, 1, 3, true), ({ questions: [question] }) => voteBlank(question!)],
    [ownElection(3, 0, 2, true), ({ questions: [question] }) => voteFor(question!, [])],
    [ownElection(3, 0, 2, true), ({ questions: [question] }) => voteBlank(question!)],
    [ownElection(3, 0, 2, false), ({ questions: [question] }) => voteFor(question!, [])],
    [ownElection(3, 2, 3, false), ({ questions: [question] }) => voteFor(question!, [0, 1, 2])],
    [ownElection(1, 1, 1, true), ({ questions: [question] }) => voteFor(question!, [0])],
  ];
  for (const [election, vote] of cases) {
    const credential = ownCredential();
    const sealed = sealBallot(election, credential, [vote(election)], random);
    const ballot = checkBallot(election, listOf(credential), sealed.text);
    assert.equal(sealed.tracker, tracker(sealed.text));
    assert.ok(ballot.credential.equals(credential.publicKey));
  }
});

test("A vote for too many, too few, nobody known, one twice, or blank where that is not offered is not sealed", () => {
  const question = ownElection(3, 1, 2, false).questions[0]!;
  for (const chosen of [[], [0, 1, 2], [3], [-1], [0, 0]]) refused(() => voteFor(question, chosen), "InvalidBallot");
  refused(() => voteBlank(question), "InvalidBallot");
  const election = ownElection(2, 1, 1, true);
  const attempts: readonly Plaintext[] = [[1, 1, 0], [0, 1, 1], [0, 0, 0], [0, 1], [0, 0, 0, 1]];
  for (const plaintext of attempts) refused(() => sealBallot(election, ownCredential(), [plaintext], random), "InvalidBallot");
  refused(() => sealBallot(election, ownCredential(), [], random), "InvalidBallot");
});

test("The same vote sealed twice gives two ballots that have nothing but their voter in common", () => {
  const election = ownElection(2, 1, 1, true);
  const credential = ownCredential();
  const vote = [voteFor(election.questions[0]!, [1])];
  const [one, other] = [0, 1].map(() => readBallot(sealBallot(election, credential, vote, random).text));
  const points = (ballot: Ballot | undefined): string[] =>
    (ballot?.answers ?? []).flatMap(({ choices }) => choices.flatMap(({ alpha, beta }) => [pointText(alpha), pointText(beta)]));
  assert.equal(new Set([...points(one), ...points(other)]).size, 12);
});

test("A ballot holds neither the private credential nor the vote in the open", () => {
  const election = ownElection(3, 1, 1, true);
  const slip = drawCredential(random);
  const credential = deriveCredential(UUID, slip);
  const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [1])], random);
  for (const secret of [slip, slip.slice(0, 5), String(credential.secret), "Åse"]) assert.ok(!text.includes(secret));
});

/** Every place of a JSON value that holds a text or a number. */
function* leaves(value: Json, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (value === null || typeof value !== "object") yield path;
  else for (const [name, member] of Object.entries(value)) yield* leaves(member, [...path, name]);
}

function altered(text: string, path: readonly (string | number)[], change: (old: string) => string): string {
  const copy = JSON.parse(text) as Record<string | number, unknown>;
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = path.at(-1) as string;
  parent[last] = change(parent[last] as string);
  return JSON.stringify(copy);
}

const flipped = (old: string): string => `${old.slice(0, -1)}${old.endsWith("1") ? "2" : "1"}`;

/** The ballot signed again by its own voter, so that only the proofs can show what was changed. */
function signedAgain(text: string, credential: Credential): string {
  const ballot = readBallot(text);
  const hash = signedHash(ballot);
  return ballotText({ ...ballot, signature: { hash, proof: prove(signaturePrefix(hash), credential.secret, random) } });
}

test("Every single change to any member of a ballot is refused", () => {
  const election = ownElection(2, 1, 1, true);
  const credential = ownCredential();
  const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [1])], random);
  const paths = [...leaves(parse(text))];
  assert.ok(paths.length > 30);
  for (const path of paths) refused(() => checkBallot(election, listOf(credential), altered(text, path, flipped)));
});

test("Every single changed proof is refused even when the voter signs again", () => {
  for (const [blank, most] of [[true, 1], [false, 2]] as const) {
    const election = ownElection(2, 1, most, blank);
    const credential = ownCredential();
    const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [1])], random);
    const paths = [...leaves(parse(text))].filter((path) => String(path[2] ?? "").endsWith("proof") || path[2] === "individual_proofs");
    assert.ok(paths.length >= 10);
    for (const path of paths) {
      const changed = signedAgain(altered(text, path, (old) => String((BigInt(old) + 1n) % Q)), credential);
      refused(() => checkBallot(election, listOf(credential), changed), "InvalidBallot");
    }
  }
});

test("Proofs and choices that were moved, left out or doubled are refused even when the voter signs again", () => {
  const election = ownElection(3, 1, 1, true);
  const credential = ownCredential();
  const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [1])], random);
  const ballot = readBallot(text);
  const answer = ballot.answers[0]!;
  const { blankProof, ...withoutBlank } = answer;
  const reversed = { ...answer, choices: [...answer.choices].reverse(), individualProofs: [...answer.individualProofs].reverse() };
  const changes = [
    reversed,
    withoutBlank,
    { ...answer, blankProof: answer.overallProof, overallProof: blankProof ?? [] },
    { ...answer, blankProof: [] },
    { ...answer, overallProof: answer.overallProof.slice(1) },
    { ...answer, overallProof: [...answer.overallProof, { challenge: 0n, response: 0n }] },
    { ...answer, choices: answer.choices.slice(1), individualProofs: answer.individualProofs.slice(1) },
    { ...answer, individualProofs: answer.individualProofs.slice(1) },
    { ...answer, individualProofs: answer.individualProofs.map((proofs) => proofs.slice(1)) },
  ];
  for (const change of changes) {
    const changed = signedAgain(ballotText({ ...ballot, answers: [change] }), credential);
    refused(() => checkBallot(election, listOf(credential), changed), "InvalidBallot");
  }
  for (const answers of [[], [answer, answer]]) {
    const changed = signedAgain(ballotText({ ...ballot, answers }), credential);
    refused(() => checkBallot(election, listOf(credential), changed), "InvalidBallot");
  }
});

test("A choice whose alpha is the identity is refused, since it is not secret", () => {
  const election = ownElection(2, 1, 1, true);
  const credential = ownCredential();
  const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [1])], random);
  const open = altered(text, ["answers", 0, "choices", 0, "alpha"], () => pointText(O));
  refused(() => checkBallot(election, listOf(credential), open), "InvalidPoint");
});

test("A ballot of another election, or of nobody on the list, is refused", () => {
  const election = ownElection(2, 1, 1, true);
  const other = ownElection(2, 1, 1, true);
  const credential = ownCredential();
  const { text } = sealBallot(election, credential, [voteFor(election.questions[0]!, [0])], random);
  refused(() => checkBallot(other, listOf(credential), text), "InvalidBallot");
  refused(() => checkBallot(election, listOf(ownCredential()), text), "InvalidCredential");
});

test("An election with no question, two or an impossible one, another group or a null key is refused", () => {
  const text = ownElection(3, 1, 2, true).text;
  const key = (JSON.parse(text) as { public_key: string }).public_key;
  const changes: readonly (readonly [string | RegExp, string])[] = [
    ['"max":2', '"max":4'],
    ['"max":2', '"max":0'],
    ['"min":1', '"min":3'],
    ['"min":1', '"min":-1'],
    ['"min":1', '"min":"1"'],
    ["Ed25519", "BELENIOS-2048"],
    ['"version":1', '"version":2'],
    [UUID, "short"],
    [UUID, `${UUID}0`],
    [key, pointText(O)],
    ['"blank":true', '"blank":1'],
    [/"questions":\[.*\],"uuid"/, '"questions":[],"uuid"'],
    [/"questions":\[(.*)\],"uuid"/, '"questions":[$1,$1],"uuid"'],
  ];
  for (const [from, to] of changes) {
    assert.notEqual(text.replace(from, to), text);
    refused(() => readElection(text.replace(from, to)));
  }
});
