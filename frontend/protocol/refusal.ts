/** Everything that is refused is refused for one stated reason, which a person can be told. */

export type RefusalCode =
  | "Unreadable" // not the bytes of such a file at all
  | "NonCanonical" // the right content, spelled in another way than PROTOCOL.md section 3
  | "Malformed" // JSON of another shape
  | "InvalidPoint" // not a canonical element of the prime-order subgroup
  | "InvalidElection"
  | "InvalidTrustees"
  | "InvalidCredential"
  | "DuplicateCredential" // a second ballot on one credential
  | "DuplicateBallot" // the same ballot, byte for byte
  | "InvalidBallot"
  | "BrokenChain" // an archive whose links do not hold
  | "WrongOrder" // events in another order than an election runs
  | "InvalidTally"
  | "InvalidDecryption"
  | "InvalidResult"
  | "InvalidMessage"; // threshold set-up: a message with a bad seal, signature or content

/** The one error this protocol raises about what it was given; anything else is a mistake in the program. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Raise a refusal unless `holds`. */
export function demand(holds: boolean, code: RefusalCode, message: string): asserts holds {
  if (!holds) throw new Refusal(code, message);
}
