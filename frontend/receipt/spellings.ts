/** Where a word stands on the house's list, by every way in which people write æ, ø and å. */

import { WORDS } from "../booth/words.ts";

type Spellings = Readonly<Record<string, readonly string[]>>;

/** How æ, ø and å are written, each by itself: as they are, in two letters, or as a letter that looks or sounds like them. */
const STRICT: Spellings = {};
const USUAL: Spellings = { æ: ["æ", "ae"], ø: ["ø", "oe"], å: ["å", "aa"] };
const LOOSE: Spellings = { æ: ["æ", "ae", "e", "a"], ø: ["ø", "oe", "o"], å: ["å", "aa", "a", "o"] };

/** Where each word stands, by every way to write it; a looser one never takes the place of a stricter one. */
export const PLACES: ReadonlyMap<string, number> = new Map(
  [LOOSE, USUAL, STRICT].flatMap((ways) =>
    WORDS.flatMap((word, place) => spellings(word, ways).map((written): [string, number] => [written, place])),
  ),
);

function spellings(word: string, ways: Spellings): readonly string[] {
  return [...word].reduce<readonly string[]>(
    (begun, letter) => begun.flatMap((one) => (ways[letter] ?? [letter]).map((way) => one + way)),
    [""],
  );
}
