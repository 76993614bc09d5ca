/** What the voter decided, as the row of noughts and ones that will be encrypted (section 8). */

import type { Question } from "./election.ts";
import { demand } from "./refusal.ts";

/** One 0 or 1 per position; where blank is allowed, position 0 is the blank vote. */
export type Plaintext = readonly (0 | 1)[];

/** The vote for the answers with these indices, 0 … n-1. */
export function voteFor(question: Question, chosen: readonly number[]): Plaintext {
  const marks = question.answers.map((_, i): 0 | 1 => (chosen.includes(i) ? 1 : 0));
  const known = chosen.every((i) => i in question.answers) && new Set(chosen).size === chosen.length;
  demand(known, "InvalidBallot", "a choice that is not on the ballot");
  return demandLawful(question, question.blank ? [0, ...marks] : marks);
}

/** The deliberate blank vote. */
export function voteBlank(question: Question): Plaintext {
  demand(question.blank, "InvalidBallot", "a blank vote is not offered");
  return [1, ...question.answers.map((): 0 => 0)];
}

/** Give back a plaintext that this question allows; refuse any other, which no proof could be made for. */
export function demandLawful(question: Question, plaintext: Plaintext): Plaintext {
  const marks = question.blank ? plaintext.slice(1) : plaintext;
  const isBlank = question.blank && plaintext[0] === 1;
  const sum = marks.reduce<number>((total, mark) => total + mark, 0);
  const lawful = isBlank ? sum === 0 : question.least <= sum && sum <= question.most;
  demand(marks.length === question.answers.length && lawful, "InvalidBallot", "too many or too few choices");
  return plaintext;
}
