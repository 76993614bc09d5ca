import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type MemberKeys,
  type RefusalCode,
  type SignedMessage,
  assemble,
  certificateLabel,
  checkParameters,
  deal,
  dealingJson,
  deriveMemberKeys,
  distribute,
  drawSeed,
  electionKey,
  makeCertificate,
  makeShare,
  memberInputJson,
  openShare,
  ownIndex,
  parametersJson,
  parse,
  readCertificate,
  readCertificates,
  readDealing,
  readMemberInput,
  readMemberOutput,
  readParameters,
  readSigned,
  serialize,
  trusteesText,
  readTrustees,
} from "../protocol/index.ts";
import type { Json } from "../protocol/json.ts";
import { G, times } from "../protocol/group.ts";
import { lagrange } from "../protocol/combination.ts";
import { refused } from "./refused.ts";
import { MEMBERS, line, lines, random } from "./vectors.ts";

const FOLDER = "threshold-max1";
const certificates = readCertificates(lines(FOLDER, "certs.jsons").map((text) => readSigned(parse(text))));
const dealings = lines(FOLDER, "polynomials.jsons").map((text) => readDealing(parse(text)));
const keysOf = (label: string): MemberKeys => deriveMemberKeys(line(FOLDER, `${label}.key`));

test("The seed of each member gives the keys in her certificate, which has her label", () => {
  MEMBERS.forEach((label, i) => {
    const certificate = readCertificate(readSigned(parse(line(FOLDER, `${label}.cert`))));
    const keys = keysOf(label);
    assert.equal(certificate.context.index, i + 1);
    assert.ok(keys.verification.equals(certificate.verification));
    assert.ok(keys.encryption.equals(certificate.encryption));
    assert.equal(certificateLabel(certificate.signed), label);
  });
});

test("What the server hands on in step 4 is rebuilt byte for byte from the dealings", () => {
  distribute(dealings).forEach((input, i) => {
    const text = line(FOLDER, `${MEMBERS[i]}.vinput`);
    assert.equal(serialize(memberInputJson(input)), text);
    assert.deepEqual(readMemberInput(parse(text)), input);
  });
});

test("Each member opens what she was dealt and comes to the published share and key", () => {
  for (const label of MEMBERS) {
    const keys = keysOf(label);
    const input = readMemberInput(parse(line(FOLDER, `${label}.vinput`)));
    const made = makeShare(keys, certificates, input, random);
    const published = readMemberOutput(parse(line(FOLDER, `${label}.voutput`)));
    assert.ok(made.publicKey.publicKey.equals(published.publicKey.publicKey));
    assert.equal(openShare(keys, made.privateKey), openShare(keys, line(FOLDER, `${label}.dkey`)));
    assert.equal(published.privateKey, line(FOLDER, `${label}.dkey`));
  }
});

test("The published parameters hold, and are put together again byte for byte", () => {
  const text = line(FOLDER, "threshold.json");
  const outputs = MEMBERS.map((label) => readMemberOutput(parse(line(FOLDER, `${label}.voutput`))));
  const signed = certificates.map((certificate) => certificate.signed);
  assert.equal(serialize(parametersJson(assemble(signed, dealings, outputs))), text);
  assert.ok(checkParameters(readParameters(parse(text))));
});

test("A dealing is written as it was read", () => {
  lines(FOLDER, "polynomials.jsons").forEach((text, i) => {
    assert.equal(serialize(dealingJson(dealings[i] as (typeof dealings)[number])), text);
  });
});

test("A set-up of our own, three of four, gives shares of one key", () => {
  const keys = Array.from({ length: 4 }, () => deriveMemberKeys(drawSeed(random)));
  const signed = keys.map((own, i) => makeCertificate(own, { size: 4, threshold: 3, index: i + 1 }, random));
  const read = readCertificates(signed);
  const dealt = keys.map((own) => deal(own, read, random));
  const inputs = distribute(dealt);
  const outputs = keys.map((own, i) => makeShare(own, read, inputs[i] as (typeof inputs)[number], random));
  const parameters = assemble(signed, dealt, outputs);
  const chosen = [1, 3, 4];
  const shares = chosen.map((j) => openShare(keys[j - 1] as MemberKeys, outputs[j - 1]?.privateKey ?? ""));
  const secret = chosen.reduce((sum, j, i) => sum + lagrange(j, chosen) * (shares[i] as bigint), 0n);
  assert.ok(times(G, secret).equals(electionKey([{ kind: "Pedersen", parameters }])));
  assert.equal(readTrustees(trusteesText([{ kind: "Pedersen", parameters }])).length, 1);
});

test("A member is known by her seed, and a stranger's seed is refused", () => {
  assert.equal(ownIndex(keysOf(MEMBERS[2] as string), certificates), 3);
  refused(() => ownIndex(deriveMemberKeys(drawSeed(random)), certificates), "InvalidMessage");
});

test("Certificates of different set-ups, in another order, or for all of all are refused", () => {
  const keys = Array.from({ length: 3 }, () => deriveMemberKeys(drawSeed(random)));
  const make = (threshold: number, size = 3): SignedMessage[] =>
    keys.map((own, i) => makeCertificate(own, { size, threshold, index: i + 1 }, random));
  const good = make(2);
  assert.equal(readCertificates(good).length, 3);
  refused(() => readCertificates([good[0], good[2], good[1]] as SignedMessage[]), "InvalidTrustees");
  refused(() => readCertificates([good[0], good[1], make(1)[2]] as SignedMessage[]), "InvalidTrustees");
  refused(() => readCertificates(make(3)), "InvalidTrustees");
  refused(() => readCertificates(make(0)), "InvalidTrustees");
  refused(() => readCertificates(make(2, 4)), "InvalidTrustees");
});

test("A dealt secret that was exchanged, changed or meant for another member is refused", () => {
  const [first, second] = MEMBERS as [string, string];
  const input = readMemberInput(parse(line(FOLDER, `${first}.vinput`)));
  const other = readMemberInput(parse(line(FOLDER, `${second}.vinput`)));
  const [one, two, three] = input.secrets as [string, string, string];
  const flipped = two.replace(/(.)"}$/, (_, digit: string) => `${digit === "0" ? "1" : "0"}"}`);
  const attempts: readonly (readonly string[])[] = [
    [two, one, three],
    [one, other.secrets[1] as string, three],
    [one, flipped, three],
    [one, two],
  ];
  for (const secrets of attempts) {
    refused(() => makeShare(keysOf(first), certificates, { ...input, secrets }, random), "InvalidMessage");
  }
  const polynomial = other.polynomial;
  refused(() => makeShare(keysOf(first), certificates, { ...input, polynomial }, random), "InvalidMessage");
});

test("A secret that does not lie on the committed polynomial is refused", () => {
  const keys = Array.from({ length: 3 }, () => deriveMemberKeys(drawSeed(random)));
  const read = readCertificates(
    keys.map((own, i) => makeCertificate(own, { size: 3, threshold: 2, index: i + 1 }, random)),
  );
  const honest = keys.map((own) => deal(own, read, random));
  const [one, two, three] = honest as [(typeof honest)[0], (typeof honest)[0], (typeof honest)[0]];
  // The second member seals secrets of another polynomial than the one she committed to.
  const cheating = { ...two, secrets: deal(keys[1] as MemberKeys, read, random).secrets };
  const [input] = distribute([one, cheating, three]);
  refused(() => makeShare(keys[0] as MemberKeys, read, input as NonNullable<typeof input>, random), "InvalidMessage");
});

test("Every single change to the published parameters is refused", () => {
  const text = line(FOLDER, "threshold.json");
  const json = JSON.parse(text) as Record<string, Json>;
  const flip = (digits: string): string => (digits.endsWith("1") ? `${digits.slice(0, -1)}2` : `${digits.slice(0, -1)}1`);
  const changes: Record<string, Json>[] = [{ ...json, threshold: 1 }];
  const alter = (path: readonly (string | number)[]): void => {
    const copy = JSON.parse(text) as Record<string, Json>;
    let parent = copy as unknown as Record<string | number, unknown>;
    for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
    const last = path.at(-1) as string;
    parent[last] = flip(parent[last] as string);
    changes.push(copy);
  };
  for (const part of ["certs", "coefexps"]) {
    alter([part, 0, "message"]);
    alter([part, 1, "signature", "challenge"]);
    alter([part, 2, "signature", "response"]);
  }
  alter(["signatures", 0, "challenge"]);
  alter(["signatures", 1, "response"]);
  for (const proof of ["pok", "signature"]) {
    alter(["verification_keys", 0, proof, "challenge"]);
    alter(["verification_keys", 1, proof, "response"]);
  }
  alter(["verification_keys", 2, "public_key"]);
  const codes: readonly RefusalCode[] = ["InvalidTrustees", "InvalidMessage", "InvalidPoint", "Malformed", "NonCanonical"];
  for (const changed of changes) refused(() => checkParameters(readParameters(changed)), ...codes);
});

test("A sealed share opens for its owner alone", () => {
  const [first, second] = MEMBERS as [string, string];
  const sealed = line(FOLDER, `${first}.dkey`);
  const { publicKey } = readMemberOutput(parse(line(FOLDER, `${first}.voutput`))).publicKey;
  assert.ok(times(G, openShare(keysOf(first), sealed)).equals(publicKey));
  refused(() => openShare(keysOf(second), sealed), "InvalidMessage");
});
