/** What the booth server offers to vote on, checked against the election itself before anyone may vote. */

import { type Election, type Json, type Question, readElection } from "../protocol/index.ts";
import { type FrozenPictures, readFrozen } from "./frozen.ts";
import { type Recording, readRecordings } from "./sound/pack.ts";

export type Status = "not_open" | "open" | "closed";

export type Deposit = "before_cast" | "after_cast";

/**
 * `line` tells two people of almost the same name apart. `photo` is the address of a picture: hers, or the figure
 * that stands for everybody who has none; null where nobody has one.
 */
export interface Candidate {
  readonly number: number;
  readonly name: string;
  readonly line: string | null;
  readonly photo: string | null;
}

/** The election as the tablet knows it; `election` and `question` are there once it is frozen. */
export interface Offering {
  readonly status: Status;
  readonly rehearsal: boolean;
  readonly name: string;
  readonly municipality: string;
  readonly most: number;
  readonly blank: boolean;
  readonly candidates: readonly Candidate[];
  readonly election?: Election;
  /** What can be fetched to be heard. */
  readonly recordings?: readonly Recording[];
  /** What the pictures are held against; where there is nothing, no candidate has a photo here. */
  readonly pictures?: FrozenPictures;
  /** Where each vote is printed as well: whether its paper is dropped into the box before or after it is cast. */
  readonly deposit?: Deposit;
  /** Whether each booth has a printer, so that a receipt can be taken along on paper. */
  readonly printer?: boolean;
}

/** The answer of `election.json`, as the server promises it. */
export interface OfferingJson {
  readonly status: Status;
  readonly rehearsal: boolean;
  readonly name: string;
  readonly municipality: string;
  readonly votes_per_voter: number;
  readonly blank: boolean;
  readonly election: string | null;
  readonly candidates: readonly Candidate[];
  readonly recordings: readonly Recording[];
  readonly pictures?: FrozenPictures | null;
  readonly paper_record?: Deposit;
  readonly printer?: boolean;
}

/** Raised when what is shown would not be what is voted on. */
export class UnfitOffering extends Error {}

/**
 * Take the server's answer; the election `known` from before is not read again when its text is the same.
 *
 * @throws UnfitOffering when the candidates shown, the number of votes or the blank vote are not the election's own.
 */
export function readOffering(answer: Json, known?: Election): Offering {
  const json = answer as unknown as OfferingJson;
  const { status, rehearsal, name, municipality, votes_per_voter: most, blank } = json;
  if (!["not_open", "open", "closed"].includes(status)) throw new UnfitOffering("no status");
  if (!Array.isArray(json.candidates)) throw new UnfitOffering("no candidates");
  const recordings = readRecordings(json.recordings);
  const offering = { status, rehearsal, name, municipality, most, blank, recordings, ...illustrated(json), ...readPrinting(json) };
  if (json.election === null) {
    if (status === "open") throw new UnfitOffering("open without an election");
    return offering;
  }
  const election = json.election === known?.text ? known : readElection(json.election);
  return { ...offering, election: fitting(election, offering) };
}

/** Who stands; without a hash to hold a picture against none is shown, and the names are voted on. */
function illustrated({ candidates, pictures: said }: OfferingJson): Pick<Offering, "candidates" | "pictures"> {
  const pictures = readFrozen(said, candidates.length);
  return pictures ? { candidates, pictures } : { candidates: candidates.map((one) => ({ ...one, photo: null })) };
}

function readPrinting({ paper_record: deposit, printer }: OfferingJson): Pick<Offering, "deposit" | "printer"> {
  if (deposit !== undefined && deposit !== "before_cast" && deposit !== "after_cast") throw new UnfitOffering("another paper record");
  return { ...(deposit && { deposit }), ...(printer === true && { printer }) };
}

function fitting(election: Election, { most, blank, candidates }: Offering): Election {
  const question = onlyQuestion(election);
  if (question.most !== most || question.blank !== blank) throw new UnfitOffering("another number of votes");
  if (question.answers.length !== candidates.length) throw new UnfitOffering("another number of candidates");
  question.answers.forEach((answer, i) => {
    const shown = candidates[i];
    if (!shown?.name || shown.number !== i + 1 || answer !== label(shown)) throw new UnfitOffering("other candidates, or in another order");
  });
  return election;
}

/** A candidate as the election names her: all that a voter reads of her, so that nothing she reads can be exchanged. */
function label({ name, line }: Candidate): string {
  return line ? `${name} (${line})` : name;
}

/** The one question of an election to a council. */
export function onlyQuestion(election: Election): Question {
  const [question, ...others] = election.questions;
  if (question === undefined || others.length > 0) throw new UnfitOffering("not one question");
  return question;
}
