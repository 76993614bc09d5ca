import assert from "node:assert/strict";
import { test } from "node:test";

import { timeLeft } from "../stand/clock.ts";
import { countCharacters, countStatement } from "../stand/count.ts";
import { said } from "../stand/counter.ts";

test("Marks that only modify a letter take no room, and a line break takes one", () => {
  assert.equal(countCharacters("e\u0301"), 1);
  assert.equal(countCharacters("مُعَلِّم"), 4);
  assert.equal(countStatement(" a\r\nb\r\n\n"), 3);
});

test("The two largest units that are not zero are said, and the last second is none left", () => {
  assert.equal(timeLeft(2 * 86_400 + 3 * 3_600 + 59, "da"), "2 dage og 3 timer");
  assert.equal(timeLeft(86_400, "da"), "1 dag");
  assert.equal(timeLeft(61, "en"), "1 minute and 1 second");
  assert.equal(timeLeft(0.9, "da"), "0 sekunder");
  assert.match(timeLeft(5 * 86_400, "ar"), /5/);
});

test("The sentence tells what is used, and by how much a text is too long", () => {
  const words = { limit: "10", fits: "{used} af {limit}", over: "{over} for meget" };
  assert.equal(said(10, words), "10 af 10");
  assert.equal(said(11, words), "1 for meget");
});
