import assert from "node:assert/strict";
import { test } from "node:test";

import { KEYS } from "../booth/messages/generated.ts";
import { LANGUAGES, type Key, wordsIn } from "../booth/messages/index.ts";

test("No two problems share a sentence in any language", () => {
  const problems = KEYS.filter((key) => key.startsWith("problems.")) as Extract<Key, `problems.${string}`>[];
  for (const language of LANGUAGES) {
    const { t } = wordsIn(language);
    assert.equal(new Set(problems.map((key) => t(key))).size, problems.length, language);
  }
});

test("Numbers stand in each language's own form of them, and in every form that counts more than one number", () => {
  assert.equal(wordsIn("da").t("ballot.rule", { most: 1 }), "Du kan vælge én kandidat.");
  assert.equal(wordsIn("da").t("ballot.rule", { most: 5 }), "Du kan vælge op til 5 kandidater.");
  for (const language of LANGUAGES) {
    const { t } = wordsIn(language);
    for (const left of [3, 5, 11, 21, 22, 96]) {
      assert.ok(t("review.unused", { left }).includes(String(left)), `${language} ${left}`);
      assert.ok(t("ballot.rule", { most: left }).includes(String(left)), `${language} ${left}`);
    }
    const counted = t("ballot.chosenOf", { chosen: 2, most: 5 });
    assert.ok(counted.includes("2") && counted.includes("5"));
  }
});

test("A name put into a sentence keeps its own direction of writing", () => {
  assert.ok(wordsIn("en").t("ballot.chosenOf", { chosen: "Åse", most: 5 }).startsWith("\u2068Åse\u2069 of 5"));
});
