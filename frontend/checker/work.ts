/**
 * The parts of the check that take long, as questions and answers of plain data, so that a worker can be asked.
 *
 * Each is whole in itself: a worker keeps nothing from one to the next but the election it read last.
 */

import { type Judged, judgeBallot } from "./ballot.ts";
import { type Checked, checkChallenge } from "./challenge.ts";
import { type SumTexts, addSums, checkDecryption, checkResult } from "./count.ts";
import { readElection } from "./election.ts";
import { type Point, addPoints, textsOf } from "./group.ts";
import { type Reason, Refusal, because } from "./refusal.ts";
import { checkCredentials, checkSetup, readCredentials } from "./setup.ts";
import { type Trustees, readTrustees } from "./trustees.ts";

interface Tasks {
  readonly setup: readonly [{ readonly election: string; readonly trustees: string }, Described];
  readonly slips: readonly [{ readonly credentials: string }, readonly string[]];
  readonly credentials: readonly [{ readonly list: readonly string[] }, null];
  readonly ballots: readonly [{ readonly election: string; readonly texts: readonly string[] }, Block];
  readonly add: readonly [{ readonly sums: readonly SumTexts[] }, SumTexts];
  readonly decryption: readonly [Opening, readonly string[]];
  readonly result: readonly [Outcome, readonly number[]];
  readonly challenge: readonly [Challenge, Checked];
}

export type TaskName = keyof Tasks;
export type Asked<Name extends TaskName> = Tasks[Name][0];
export type Answered<Name extends TaskName> = Tasks[Name][1];

/** What the set-up says, for people. `circles` tells of how many each key is held, and how many of them open. */
export interface Described {
  readonly name: string;
  readonly uuid: string;
  readonly fingerprint: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly max: number;
  readonly positions: number;
  readonly circles: readonly { readonly needed: number; readonly of: number }[];
}

/** Several ballots in a row: their credentials and their sum up to the first that is refused. */
export interface Block {
  readonly credentials: readonly string[];
  readonly sum: SumTexts | null;
  /** Why the ballot behind the last credential is refused. */
  readonly refused: Reason | null;
}

interface Opening {
  readonly election: string;
  readonly trustees: string;
  readonly owner: number;
  readonly sum: SumTexts;
  readonly record: string;
}

interface Outcome {
  readonly trustees: string;
  readonly sum: SumTexts;
  readonly ballots: number;
  readonly opened: readonly (readonly [number, readonly string[]])[];
  readonly record: string;
}

/** `election` is our own copy of its text, and `slips` of the list. */
interface Challenge {
  readonly election: string;
  readonly slips: readonly string[];
  readonly commitment: string;
  readonly opening: string;
}

const work: { readonly [Name in TaskName]: (asked: Asked<Name>) => Answered<Name> } = {
  setup({ election, trustees }) {
    const { name, uuid, fingerprint, question, answers, blank, max, positions } = checkSetup({ election, trustees });
    const circles = trusteesIn(trustees).circles.map(({ needed, keys }) => ({ needed, of: keys.length }));
    return { name, uuid, fingerprint, question, answers, blank, max, positions, circles };
  },

  slips({ credentials }) {
    return readCredentials(credentials);
  },

  credentials({ list }) {
    checkCredentials(list);
    return null;
  },

  ballots({ election, texts }) {
    const judged: Judged[] = [];
    let refused: Reason | null = null;
    for (const text of texts) {
      try {
        judged.push(judgeBallot(readElection(election), text));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused = error.reason;
        break;
      }
    }
    return { credentials: judged.map(({ credential }) => credential), sum: sumOfBallots(judged), refused };
  },

  add({ sums }) {
    return addSums(sums);
  },

  decryption({ election, trustees, owner, sum, record }) {
    const keys = trusteesIn(trustees).circles.flatMap((circle) => circle.keys);
    const key = keys[owner - 1];
    if (key === undefined) throw new Refusal("decryptionOwner");
    return checkDecryption(readElection(election), key, sum, record);
  },

  challenge({ election, slips, commitment, opening }) {
    return checkChallenge(election, new Set(slips), commitment, opening);
  },

  result({ trustees, sum, ballots, opened, record }) {
    return checkResult(trusteesIn(trustees).circles, sum, ballots, new Map(opened), record);
  },
};

let last: { readonly source: string; readonly trustees: Trustees } | undefined;

function trusteesIn(source: string): Trustees {
  if (last?.source !== source) last = { source, trustees: because("trustees", () => readTrustees(source)) };
  return last.trustees;
}

function sumOfBallots(ballots: readonly Judged[]): SumTexts | null {
  const [first] = ballots;
  if (first === undefined) return null;
  return first.choices.map((_, place) => {
    const half = (of: (ballot: Judged) => Point): Point => addPoints(...ballots.map(of));
    const [alpha, beta] = textsOf([half(({ choices }) => choices[place]!.alpha), half(({ choices }) => choices[place]!.beta)]);
    return [alpha!, beta!] as const;
  });
}

/** Do one task. @throws Refusal with what is wrong. */
export function perform<Name extends TaskName>(name: Name, asked: Asked<Name>): Answered<Name> {
  return work[name](asked);
}
