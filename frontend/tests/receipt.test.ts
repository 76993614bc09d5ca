/** A receipt is read however somebody wrote it down, and found among all of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { WORDS } from "../booth/words.ts";
import { matching, readList, readOpened, readReceipt, standingOf, wordsOf } from "../receipt/reading.ts";

const CODE = "uW3e+YzEYWFB0tI0qX7mM1gWbX5HGX5TgGHGYcPwGC0";
const SAID = ["skilift", "lastbil", "skudår", "chef", "hjulbør", "røgelse"];
const PAGE = "https://valg.example/koege-2021/receipt";
const START = { kind: "start", start: CODE.slice(0, 11) };

test("the words are those that the house says", () => {
  assert.deepEqual(wordsOf(CODE), SAID);
  assert.deepEqual(wordsOf("A".repeat(43)), Array(6).fill(WORDS[0]));
  assert.deepEqual(wordsOf(`${"/".repeat(42)}8`), Array(6).fill(WORDS.at(-1)));
});

test("words are read with any signs between them, in capitals, and without Danish letters", () => {
  for (const between of [" ", ", ", "-", "\n", " · "]) assert.deepEqual(readReceipt(SAID.join(between), PAGE), START);
  assert.deepEqual(readReceipt(` ${SAID.join(" ").toUpperCase()} `, PAGE), START);
  for (const ending of ["roegelse", "rogelse", "røgelse".normalize("NFD")]) {
    assert.deepEqual(readReceipt([...SAID.slice(0, 5), ending].join(" "), PAGE), START);
  }
});

test("signs are read in groups, and the address on a QR code whatever its host", () => {
  const whole = { kind: "start", start: CODE };
  assert.deepEqual(readReceipt(CODE, PAGE), whole);
  assert.deepEqual(readReceipt(CODE.replace(/.{5}/g, "$& "), PAGE), whole);
  assert.deepEqual(readReceipt(`${PAGE}#${CODE}`, PAGE), whole);
  assert.deepEqual(readReceipt(`https://10.0.0.2:8443/koege-2021/receipt#${CODE}`, PAGE), whole);
  assert.deepEqual(readReceipt(`${PAGE}#${CODE}`, `${PAGE}?lang=ar#${"A".repeat(43)}`), whole);
});

test("what is no receipt of this election is told apart", () => {
  assert.deepEqual(readReceipt(`https://valg.example/greve-2021/receipt#${CODE}`, PAGE), { kind: "elsewhere" });
  assert.deepEqual(readReceipt([...SAID.slice(0, 5), "ørgel"].join(" "), PAGE), { kind: "unknown", word: "ørgel" });
  for (const text of ["", "røgelse", SAID.slice(1).join(" "), CODE.slice(1), `${CODE}A`, `${PAGE}#`, "https://example.org/"]) {
    assert.deepEqual(readReceipt(text, PAGE), { kind: "unreadable" }, text);
  }
});

test("each word is read as itself in every spelling", () => {
  for (const [place, word] of WORDS.entries()) {
    const known = readReceipt(Array(6).fill(word).join(" "), PAGE);
    for (const [ae, oe, aa] of [["ae", "oe", "aa"], ["e", "o", "a"], ["a", "o", "o"], ["æ", "oe", "å"], ["ae", "ø", "a"]] as const) {
      const spelt = word.replaceAll("æ", ae).replaceAll("ø", oe).replaceAll("å", aa);
      assert.deepEqual(readReceipt(Array(6).fill(spelt).join(" "), PAGE), known, word);
    }
    assert.deepEqual(known.kind === "start" && wordsOf(known.start), Array(6).fill(WORDS[place]));
  }
});

test("a receipt is found by its beginning and by all of it", () => {
  const other = CODE.slice(0, 11) + "A".repeat(32);
  const list = readList(`${CODE} ${SAID.join(" ")}\n${other} ${SAID.join(" ")}\nnonsense\n`);
  assert.deepEqual(list, [CODE, other]);
  assert.deepEqual(matching(list, CODE.slice(0, 11)), [CODE, other]);
  assert.deepEqual(matching(list, other), [other]);
  assert.deepEqual(matching(list, `B${CODE.slice(1)}`), []);
});

test("an opened ballot is known by the code that the tablet showed", () => {
  const hash = Buffer.from(CODE, "base64").toString("hex");
  assert.deepEqual(readOpened(JSON.stringify({ election: "x", fingerprint: "y", challenged: [hash, "00".repeat(32)] })), [
    CODE,
    "A".repeat(43),
  ]);
});

test("a ballot that was opened and is in the urn all the same is told as what may never be", () => {
  const [mine, other] = [CODE, "A".repeat(43)];
  assert.equal(standingOf([mine], [], mine), "found");
  assert.equal(standingOf([], [mine], mine), "opened");
  assert.equal(standingOf([other], [other], mine), "missing");
  assert.equal(standingOf([mine, other], [mine], mine.slice(0, 11)), "both");
  assert.equal(standingOf([mine], [other], mine), "found");
});
