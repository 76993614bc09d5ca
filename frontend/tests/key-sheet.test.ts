import assert from "node:assert/strict";
import { test } from "node:test";

import { WORDS } from "../booth/words.ts";
import { SHORTEST, SPACE, cover, numberOf, plain, signsOf, uncover } from "../ceremony/backup.ts";
import { readSheet, sheetCode } from "../ceremony/reading.ts";
import { markOf } from "../ceremony/sheet.ts";
import { drawPassphrase, signsOfWords, wordsOf } from "../ceremony/words.ts";
import { deriveMemberKeys, drawSeed } from "../protocol/index.ts";
import { random, read } from "./vectors.ts";

interface Case {
  readonly note: string;
  readonly uuid: string;
  readonly position: number;
  readonly passphrase: string;
  readonly seed: string;
  readonly signs: string;
  readonly words: readonly string[];
  readonly mark: string;
  readonly code: string;
}

const CASES = JSON.parse(read("backup", "sheets.json")) as readonly Case[];
const [FIRST] = CASES as readonly [Case];

for (const one of CASES) {
  test(`A sheet is the one that Python makes: ${one.note}`, async () => {
    const place = { uuid: one.uuid, position: one.position };
    assert.equal(await cover(one.seed, one.passphrase, place), one.signs);
    assert.deepEqual(wordsOf(one.signs), one.words);
    assert.equal(markOf(deriveMemberKeys(one.seed)), one.mark);
    assert.equal(sheetCode({ ...place, mark: one.mark, signs: one.signs }), one.code);
    for (const written of [one.code, one.signs, one.words.join(" "), one.signs.replace(/(.{5})/g, "$1 ")]) {
      assert.deepEqual(readSheet(written, place, one.mark), { signs: one.signs });
    }
  });
}

test("A sheet opens with its own passphrase for its own place, and tells how much is done", async () => {
  const told: number[] = [];
  assert.equal(await uncover(FIRST.signs, FIRST.passphrase, FIRST, (share) => told.push(share)), FIRST.seed);
  assert.ok(told.length > 2 && told.every((share, i) => share >= (told[i - 1] ?? 0) && share <= 1));
  for (const [passphrase, place] of [
    ["kajak kalender sommer vindu", FIRST],
    [FIRST.passphrase, { ...FIRST, position: 2 }],
    [FIRST.passphrase, { ...FIRST, uuid: "8Hoxqx4h8LYyzR" }],
  ] as const) {
    const other = await uncover(FIRST.signs, passphrase, place);
    assert.notEqual(other, FIRST.seed);
    deriveMemberKeys(other);
  }
});

test("Words are forgiven the letters of another keyboard, and a word that is not on the list is told by its number", () => {
  const typed = FIRST.words.join(", ").toUpperCase().replaceAll("Æ", "AE").replaceAll("Ø", "OE").replaceAll("Å", "AA");
  assert.deepEqual(readSheet(typed, FIRST), { signs: FIRST.signs });
  const wrong = FIRST.words.map((word, place) => (place === 4 ? "bandeord" : word));
  assert.deepEqual(readSheet(wrong.join(" "), FIRST), { why: "word", number: 5 });
  assert.deepEqual(readSheet(FIRST.words.slice(1).join(" "), FIRST), { why: "unreadable" });
  assert.deepEqual(signsOfWords(Array.from({ length: 12 }, () => WORDS.at(-1) ?? "")), undefined);
});

test("The sheet of another member, election or ceremony is told as what it is", () => {
  const other = sheetCode({ ...FIRST, position: 2 });
  assert.deepEqual(readSheet(other, FIRST), { why: "member" });
  assert.deepEqual(readSheet(FIRST.code, { ...FIRST, uuid: "8Hoxqx4h8LYyzR" }), { why: "election" });
  assert.deepEqual(readSheet(FIRST.code, FIRST, "00000000"), { why: "ceremony" });
  for (const nothing of ["", "https://example.dk/", FIRST.seed.slice(1), `${FIRST.signs}x`, FIRST.code.slice(0, -1)]) {
    assert.deepEqual(readSheet(nothing, FIRST), { why: "unreadable" });
  }
});

test("Every number below 58^22 is 22 signs and twelve words, and back", () => {
  const seeds = [0n, 1n, SPACE - 1n, ...Array.from({ length: 50 }, () => numberOf(drawSeed(random)))];
  for (const number of seeds) {
    const signs = signsOf(number);
    assert.equal(numberOf(signs), number);
    assert.equal(signsOfWords(wordsOf(signs)), signs);
  }
});

test("A passphrase that is proposed is long enough, differs each time, and is typed on any keyboard", () => {
  const drawn = Array.from({ length: 100 }, () => drawPassphrase(random));
  assert.equal(new Set(drawn).size, drawn.length);
  for (const one of drawn) {
    assert.match(one, /^[a-z]+( [a-z]+){3}$/);
    assert.ok(plain(one).length >= SHORTEST);
  }
});
