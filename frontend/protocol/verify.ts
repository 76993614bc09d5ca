/** Anyone can check a whole election from its archive alone: every ballot, the sum, the opening and the counts. */

import type { EventType } from "./archive/event.ts";
import { type Entry, readArchive } from "./archive/reader.ts";
import { checkSetup } from "./archive/setup.ts";
import { checkBallot } from "./check.ts";
import { combine } from "./combination.ts";
import { readCredentials } from "./credentials-list.ts";
import { type PartialDecryption, checkDecryption, readDecryption, readOwned } from "./decryption.ts";
import { type Election, readElection } from "./election.ts";
import { type Point, pointText } from "./group.ts";
import { shaHex } from "./hash.ts";
import { demand } from "./refusal.ts";
import { type Counts, countsHold, readResult } from "./result.ts";
import { type EncryptedTally, addBallot, emptyTally, readSized, tallyText } from "./tally.ts";
import { type Trustee, electionKey, owners, readTrustees } from "./trustees.ts";

/** What may follow what: Setup, Ballot*, EndBallots, EncryptedTally, PartialDecryption*, Result. */
const NEXT: Readonly<Record<EventType | "Nothing", readonly EventType[]>> = {
  Nothing: ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption", "Result"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/** What an archive was found to hold; without `counts` it is sound so far, but no complete election. */
export interface Verdict {
  readonly election: Election;
  readonly ballots: number;
  readonly lastEvent: EventType;
  readonly lastHash: string;
  readonly counts?: Counts;
}

/**
 * Verify an archive as a whole.
 *
 * @throws Refusal with the first thing that is wrong.
 */
export function verifyArchive(archive: Uint8Array): Verdict {
  const steps = verification(archive);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The same, stopping after each event with the number of ballots checked, so that a page can stay alive. */
export function* verification(archive: Uint8Array): Generator<number, Verdict> {
  let check: ElectionCheck | undefined;
  let last: Entry | undefined;
  for (const entry of readArchive(archive)) {
    const allowed = NEXT[last?.type ?? "Nothing"].includes(entry.type);
    demand(allowed, "WrongOrder", `${entry.type} cannot follow ${last?.type ?? "nothing"}`);
    if (check === undefined) check = new ElectionCheck(entry);
    else check.take(entry);
    last = entry;
    yield check.ballots;
  }
  demand(check !== undefined && last !== undefined, "WrongOrder", "an archive without an election");
  const { election, ballots, counts } = check;
  return { election, ballots, lastEvent: last.type, lastHash: last.hash, ...(counts && { counts }) };
}

/** The check of one election, event by event. */
class ElectionCheck {
  readonly election: Election;
  counts: Counts | undefined;
  readonly #credentials: ReadonlySet<string>;
  readonly #trustees: readonly Trustee[];
  readonly #owners: readonly Point[];
  readonly #ballots = new Set<string>();
  readonly #voted = new Set<string>();
  readonly #decryptions = new Map<number, PartialDecryption>();
  #tally: EncryptedTally;

  constructor({ records }: Entry) {
    const [election, trustees, credentials, setup] = records as [string, string, string, string];
    checkSetup(setup, { election, trustees, credentials });
    this.election = readElection(election);
    this.#trustees = readTrustees(trustees);
    this.#credentials = readCredentials(credentials);
    this.#owners = owners(this.#trustees);
    this.#tally = emptyTally(this.election);
    const key = electionKey(this.#trustees);
    demand(key.equals(this.election.publicKey), "InvalidTrustees", "the election's key is not that of its trustees");
  }

  get ballots(): number {
    return this.#ballots.size;
  }

  take({ type, records }: Entry): void {
    const [first, second] = records as [string, string];
    if (type === "Ballot") this.#takeBallot(first);
    if (type === "EncryptedTally") this.#takeTally(first, second);
    if (type === "PartialDecryption") this.#takeDecryption(first, second);
    if (type === "Result") this.#takeResult(first);
  }

  #takeBallot(source: string): void {
    const hash = shaHex(source);
    demand(!this.#ballots.has(hash), "DuplicateBallot", "the same ballot twice");
    const ballot = checkBallot(this.election, this.#credentials, source);
    const credential = pointText(ballot.credential);
    demand(!this.#voted.has(credential), "DuplicateCredential", "a second ballot on one credential");
    this.#ballots.add(hash);
    this.#voted.add(credential);
    this.#tally = addBallot(this.#tally, ballot);
  }

  #takeTally(source: string, sized: string): void {
    demand(source === tallyText(this.#tally), "InvalidTally", "the encrypted tally is not the sum of the ballots");
    const { counted, weight, hash } = readSized(sized);
    demand(counted === this.ballots && weight === this.ballots, "InvalidTally", "another number of ballots");
    demand(hash === shaHex(source), "BrokenChain", "the record names another tally");
  }

  #takeDecryption(source: string, owned: string): void {
    const { owner, hash } = readOwned(owned);
    demand(hash === shaHex(source), "BrokenChain", "the record names another decryption");
    const key = this.#owners[owner - 1];
    demand(key !== undefined, "InvalidDecryption", "a decryption by nobody");
    demand(!this.#decryptions.has(owner), "InvalidDecryption", "a second decryption by one trustee");
    const decryption = readDecryption(source);
    checkDecryption(this.election, this.#tally, key, decryption);
    this.#decryptions.set(owner, decryption);
  }

  #takeResult(source: string): void {
    const counts = readResult(source);
    const factors = combine(this.#trustees, this.#decryptions);
    demand(countsHold(this.#tally, factors, counts), "InvalidResult", "the counts are not what the tally holds");
    this.counts = counts;
  }
}
