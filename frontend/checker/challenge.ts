/** Did the tablet seal what it showed? The check of docs/challenge.md, step by step; the first that fails is the finding. */

import { base64OfHex, hashBase64 } from "./bytes.ts";
import { type Election, readElection } from "./election.ts";
import { knows } from "./group.ts";
import { type Opening, readOpening } from "./opening.ts";
import { Refusal } from "./refusal.ts";
import { Draws, readVoter, sealAgain } from "./reseal.ts";

export type Finding = "unreadable" | "other_election" | "credential" | "marks" | "signature" | "commitment";

/** The ballot holds these answers, or is blank; or what was found instead. */
export type Checked =
  | { readonly kind: "holds"; readonly blank: boolean; readonly names: readonly string[] }
  | { readonly kind: "alarm"; readonly finding: Finding };

/**
 * Compare what a tablet committed itself to with what it opened.
 *
 * @param source our own copy of the election's text, never the tablet's.
 * @param slips the public list, where it is at hand.
 */
export function checkChallenge(
  source: string,
  slips: ReadonlySet<string> | undefined,
  commitment: string,
  code: string,
): Checked {
  const election = readElection(source);
  const finding = (): Finding | Opening => {
    const opening = opened(election, code);
    if (opening === undefined) return "unreadable";
    if (base64OfHex(opening.fingerprint) !== election.fingerprint) return "other_election";
    return opening;
  };
  const opening = finding();
  if (typeof opening === "string") return { kind: "alarm", finding: opening };
  const voter = orUndefined(() => readVoter(opening.credential));
  if (voter === undefined || slips?.has(opening.credential) === false) return { kind: "alarm", finding: "credential" };
  const marks = opening.bits.slice(0, election.positions);
  if (!isLawful(election, marks)) return { kind: "alarm", finding: "marks" };
  const unsigned = sealAgain(election, opening.credential, marks, new Draws(opening.seed));
  const hash = hashBase64(`${unsigned}}`);
  const { challenge, response } = opening;
  if (!knows(`sig|${hash}|`, voter, { challenge, response })) return { kind: "alarm", finding: "signature" };
  const proof = `{"challenge":"${challenge}","response":"${response}"}`;
  const ballot = `${unsigned},"signature":{"hash":"${hash}","proof":${proof}}}`;
  if (hashBase64(ballot) !== commitment) return { kind: "alarm", finding: "commitment" };
  const names = election.answers.filter((_, i) => marks[i + (election.blank ? 1 : 0)] === 1);
  // Where nobody need be marked, a ballot without a mark is another than a blank one (PROTOCOL.md section 10).
  return { kind: "holds", blank: election.blank && marks[0] === 1, names };
}

/** The opening, if it is one for as many places as this election has. */
function opened(election: Election, code: string): Opening | undefined {
  const opening = orUndefined(() => readOpening(code));
  if (opening === undefined || opening.bits.length !== 8 * Math.ceil(election.positions / 8)) return undefined;
  return opening.bits.slice(election.positions).includes(1) ? undefined : opening;
}

function isLawful({ blank, min, max }: Election, marks: readonly number[]): boolean {
  const named = marks.slice(blank ? 1 : 0).reduce((count, mark) => count + mark, 0);
  return blank && marks[0] === 1 ? named === 0 : named >= min && named <= max;
}

function orUndefined<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
