/** The checker says the same in every language: each sentence is there, with the same gaps. */

import assert from "node:assert/strict";
import { test } from "node:test";

import da from "../checker/page/messages/da.json";
import { type Key, LANGUAGES, wordsIn } from "../checker/page/messages.ts";

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
