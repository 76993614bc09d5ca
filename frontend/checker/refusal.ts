/** Whatever is refused is refused for one of these reasons, each of which has a sentence in every language (messages/). */

export type Reason =
  // The file.
  | "notArchive" // not such a file at all
  | "cutOff" // it ends in the middle of something
  | "altered" // a frame, a name, a link or a spelling does not hold
  | "order" // an event where none of its kind may stand
  | "tooLarge"
  // The set-up.
  | "setupLinks" // the set-up names other texts
  | "election"
  | "trustees"
  | "key" // the election's key is not that of its trustees
  | "credentials"
  | "openedList" // the list of opened ballots is another election's, or wrongly written
  // A ballot.
  | "ballotForm"
  | "ballotPoint"
  | "otherElection"
  | "unknownCredential"
  | "signature"
  | "mark" // a mark that is not proven to be none or one
  | "marks" // too many or too few
  | "openedCast" // it was opened to check a tablet, and so is never cast
  | "ballotTwice"
  | "credentialTwice"
  // The count.
  | "sum"
  | "counted"
  | "decryption"
  | "decryptionOwner"
  | "tooFewDecryptions"
  | "result";

/** The one error that says that what was given is wrong; any other is a fault of this program. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

export function demand(holds: boolean, reason: Reason): asserts holds {
  if (!holds) throw new Refusal(reason);
}

/** Do something, and say of what is written wrongly in it where it stands; a reason that says more is left. */
export function because<T>(reason: Reason, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Refusal && error.reason === "altered" ? new Refusal(reason) : error;
  }
}
