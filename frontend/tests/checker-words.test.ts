/** The checker says the same in every language: each sentence is there, with the same gaps. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fa from "../check/messages/fa.json";
import { OFFERED, checkWordsIn } from "../check/words.ts";
import da from "../checker/page/messages/da.json";
import { type CheckKey, type Key, LANGUAGES, wordsIn } from "../checker/page/messages.ts";

const KEYS = Object.keys(da) as readonly Key[];
/** A filling that shows which gaps a sentence has. */
const GAPS = Object.fromEntries(["ballots", "candidates", "needed", "number", "of", "opened", "openings", "share", "slips"].map((gap) => [gap, `<${gap}>`]));
const gapsOf = (text: string): readonly string[] => (text.match(/<[a-z]+>/g) ?? []).sort();

test("Every sentence is in every language, with the gaps of the Danish one", () => {
  for (const language of LANGUAGES) {
    const { say } = wordsIn(language);
    for (const key of KEYS) {
      assert.deepEqual(gapsOf(say(key, GAPS)), gapsOf(wordsIn("da").say(key, GAPS)), `${language} ${key}`);
      assert.ok(!say(key, GAPS).includes("undefined") && !say(key, GAPS).includes("{"), `${language} ${key}`);
      if (language !== "en") assert.ok(say(key) !== wordsIn("en").say(key) || da[key] === wordsIn("en").say(key) || say(key).length < 8, `${language} ${key}`);
    }
  }
});

test("A language that is not ours is answered in Danish", () => {
  assert.equal(wordsIn("xx").language, "da");
  assert.equal(wordsIn("ar").direction, "rtl");
});

test("The check of a tablet is said in the booth's other languages too, each its own, and a whole election is not", () => {
  const more = OFFERED.filter((language) => !LANGUAGES.some((one) => one === language));
  assert.deepEqual(more, ["fa", "ur", "bs", "hr", "sr-Latn", "de", "so", "ku", "ti"]);
  for (const language of more) {
    const { say } = checkWordsIn(language);
    for (const key of Object.keys(fa) as readonly CheckKey[]) {
      assert.deepEqual(gapsOf(say(key, GAPS)), gapsOf(wordsIn("da").say(key, GAPS)), `${language} ${key}`);
      assert.ok(say(key).trim().length > 2 && say(key) === say(key).trim() && !say(key).includes("  "), `${language} ${key}`);
    }
    assert.equal(wordsIn(language).language, "da");
  }
  assert.equal(new Set(OFFERED.map((language) => checkWordsIn(language).say("checkAgain"))).size, OFFERED.length);
  assert.equal(checkWordsIn("ur").direction, "rtl");
  assert.equal(checkWordsIn("xx").language, "da");
});
