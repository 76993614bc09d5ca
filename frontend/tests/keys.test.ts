import assert from "node:assert/strict";
import { test } from "node:test";

import {
  credentialsText,
  deriveCredential,
  deriveMemberKeys,
  drawCredential,
  drawSeed,
  electionKey,
  isCredential,
  keyLabel,
  parse,
  pointText,
  readCredentials,
  readElection,
  readPoint,
  readScalar,
  readTrusteeKey,
  readTrustees,
  serialize,
  trusteeKey,
  trusteeKeyJson,
  trusteesText,
} from "../protocol/index.ts";
import type { Json } from "../protocol/json.ts";
import { refused } from "./refused.ts";
import { ELECTIONS, line, lines, random, read } from "./vectors.ts";

for (const folder of ELECTIONS) {
  const election = readElection(line(folder, "election.json"));

  test(`Each private credential of ${folder} gives its public one`, () => {
    const privates = JSON.parse(read(folder, "private_creds.json")) as Record<string, string>;
    const publics = JSON.parse(read(folder, "public_creds.json")) as string[];
    assert.equal(publics.length, 20);
    for (const entry of publics) {
      const [key, , login] = entry.split(",") as [string, string, string];
      assert.equal(pointText(deriveCredential(election.uuid, privates[login] as string).publicKey), key);
    }
  });

  test(`The trustees of ${folder} hold the election's key, and are written as they were read`, () => {
    const text = line(folder, "trustees.json");
    const trustees = readTrustees(text);
    assert.ok(electionKey(trustees).equals(election.publicKey));
    assert.equal(trusteesText(trustees), text);
  });

  test(`The public list of ${folder} keeps its order and is refused in another`, () => {
    const keys = (JSON.parse(read(folder, "public_creds.json")) as string[]).map((entry) => entry.slice(0, 64));
    assert.equal(credentialsText([...keys].reverse().map(readPoint)), serialize(keys));
    assert.equal(readCredentials(serialize(keys)).size, 20);
    const [first = "", second = "", ...rest] = keys;
    refused(() => readCredentials(serialize([second, first, ...rest])), "InvalidElection");
    refused(() => readCredentials(serialize([first, first, second, ...rest])), "InvalidElection");
    refused(() => readCredentials(serialize([`${first},2`, second])), "InvalidElection");
  });
}

for (const folder of ["single-max1", "single-max5"]) {
  test(`Each private trustee key of ${folder} gives its public one, and its label`, () => {
    const published = lines(folder, "public_keys.jsons");
    lines(folder, "trustee_ids.txt").forEach((label, i) => {
      const secret = readScalar(parse(line(folder, `${label}.privkey`)));
      const key = readTrusteeKey(parse(published[i] as string));
      assert.ok(trusteeKey(secret, random).publicKey.equals(key.publicKey));
      assert.equal(keyLabel(key.publicKey), label);
    });
  });
}

test("A new trustee key proves itself, and any change to it is refused", () => {
  const json = trusteeKeyJson(trusteeKey(1234567n, random));
  assert.ok(readTrusteeKey(json));
  const other = trusteeKeyJson(trusteeKey(7654321n, random));
  refused(() => readTrusteeKey({ ...json, public_key: other["public_key"] as Json }), "InvalidTrustees");
  refused(() => readTrusteeKey({ ...json, pok: other["pok"] as Json }), "InvalidTrustees");
});

test("New credentials and seeds have their form and are all different", () => {
  const drawn = new Set(Array.from({ length: 200 }, () => drawCredential(random)));
  assert.equal(drawn.size, 200);
  for (const credential of drawn) assert.ok(isCredential(credential));
  assert.match(drawSeed(random), /^[1-9A-HJ-NP-Za-km-z]{22}$/);
});

test("Characters that Base58 leaves out, other groups and empty text are no credential", () => {
  const good = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
  assert.ok(isCredential(good));
  const bad = ["", good.slice(1), `${good}1`, good.replaceAll("-", ""), good.replace("4", "0"), good.replace("h", "l"), `${good}\n`];
  for (const text of bad) {
    assert.equal(isCredential(text), false);
    refused(() => deriveCredential("nLq13U8vNxgdGn", text), "InvalidCredential");
  }
});

test("One credential is another one in another election", () => {
  const one = deriveCredential("nLq13U8vNxgdGn", "4hsnJ-qpRGdg-JQzwf-bjfSRk");
  const other = deriveCredential("nLq13U8vNxgdGm", "4hsnJ-qpRGdg-JQzwf-bjfSRk");
  assert.ok(!one.publicKey.equals(other.publicKey));
});

test("What has not the form of a seed gives no keys", () => {
  for (const seed of ["", "0".repeat(22), "1".repeat(21), "1".repeat(23)]) refused(() => deriveMemberKeys(seed), "Malformed");
});
