import assert from "node:assert/strict";
import { test } from "node:test";

import { G, times } from "../protocol/group.ts";
import { agreementMark, parse, pointText, readKey, readProof, readScalar, trialNumber, trialPart, verifies } from "../protocol/index.ts";
import { members } from "../protocol/shape.ts";
import { refused } from "./refused.ts";
import { random, read } from "./vectors.ts";

interface AgreementCase {
  readonly uuid: string;
  readonly rules_sha256: string;
  readonly threshold: number;
  readonly holders: readonly string[];
  readonly mark: string;
}

interface TrialCase {
  readonly uuid: string;
  readonly key: string;
  readonly secret: string;
  readonly number: number;
  readonly factor: string;
}

const AGREEMENTS = JSON.parse(read("backup", "agreements.json")) as readonly AgreementCase[];
const TRIALS = JSON.parse(read("backup", "trials.json")) as readonly TrialCase[];

test("The mark of an agreement is the one that Python finds, in whatever letters its holders write their names", () => {
  for (const { uuid, rules_sha256, threshold, holders, mark } of AGREEMENTS) {
    assert.equal(agreementMark({ uuid, rulesHash: rules_sha256, threshold, holders }), mark);
  }
  assert.equal(new Set(AGREEMENTS.map(({ mark }) => mark)).size, AGREEMENTS.length);
});

test("A part of the trial sum is the one that Python makes, and is signed with the key that made it", () => {
  for (const { uuid, key, secret, number, factor } of TRIALS) {
    const own = times(G, readScalar(secret));
    assert.equal(trialNumber(uuid, readKey(key)), number);
    const part = members(parse(trialPart(uuid, readKey(key), own, readScalar(secret), random)), "part", ["factor", "signature"]);
    assert.equal(part.factor, factor);
    assert.ok(verifies(`trial-part|${uuid}|${key}|${factor}|`, own, readProof(part.signature)));
  }
});

test("A key that is not the published one makes no part", () => {
  const [{ uuid, key, secret }] = TRIALS as readonly [TrialCase];
  const another = readKey(pointText(times(G, readScalar(secret) + 1n)));
  refused(() => trialPart(uuid, readKey(key), another, readScalar(secret), random), "InvalidDecryption");
});
