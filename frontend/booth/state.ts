/** Where a voter is in the booth: one step at a time, and nothing kept from the step or the voter before. */

import type { Language } from "./messages/index.ts";
import type { CommittedBallot, SealedBallot } from "../protocol/index.ts";
import type { Offering } from "./offering.ts";
import type { Place, Turn } from "./place.ts";

export type { Language };

/** Each has a sentence of its own that says what to do. */
export type Problem =
  | "mistyped" // the typed code has not the form of one
  | "foreign" // a QR code that is not on a slip
  | "unknown"
  | "spent"
  | "void" // exchanged or handed back
  | "revoked" // the tablet's access was taken back, or it never had any
  | "not_open"
  | "closed"
  | "unreachable"
  | "full"
  | "challenged" // this ballot was opened, so it is never cast
  | "exhausted" // no more ballots are opened
  | "slip_exhausted" // no more ballots of this slip are opened
  | "too_soon" // several ballots were opened on this tablet a moment ago
  | "rejected"
  | "unfit" // the tablet was given something else than the election
  | "failed"
  | "camera"
  | "too_many"
  | "nothing_chosen";

/** Why a ballot is not opened now, though it may be cast. */
export type Held = Extract<Problem, "exhausted" | "slip_exhausted" | "too_soon">;

/** `chosen` are indices into the candidates, in the order of the ballot. */
export interface Marks {
  readonly chosen: readonly number[];
  readonly blank: boolean;
}

/**
 * In `language` a tablet waits for its next voter; in `asked` one is asked whether she wants to use fewer votes than she has.
 * In `review` she sees her choice, in `decide` the code of the locked ballot, and then casts it or has it opened: a picture of
 * the code shows no choice, and one of the choice shows no code.
 *
 * The private credential is in `start` while it is asked about, from `choose` to `decide`, and in `challenge`, which may lead
 * back there. In `opened` it is gone: whoever stands there later must hold the slip to vote by it. Once a ballot is handed in
 * there is only the sealed ballot: its seed, inside what is `committed` to, is forgotten with the credential. Where the rules
 * ask for a paper record, the marks are there while they are read on `paper`, or fail to come (`paperless`), and no longer. In
 * `unanswered` the tablet was taken out of use before it knew whether the ballot lies in the urn.
 */
export type Step =
  | { readonly name: "loading" }
  | { readonly name: "notice"; readonly problem: Problem }
  | { readonly name: "language" }
  | { readonly name: "start"; readonly asking?: string; readonly problem?: Problem }
  | {
      readonly name: "choose";
      readonly credential: string;
      readonly marks: Marks;
      /** Where in the ballot paper she looks, once she has done anything there. */
      readonly place?: Place;
      readonly problem?: Problem;
    }
  | { readonly name: "asked"; readonly credential: string; readonly marks: Marks; readonly place: Place }
  | {
      readonly name: "review";
      readonly credential: string;
      readonly marks: Marks;
      /** Sealed meanwhile, and not shown: choice and code never stand on one screen. */
      readonly committed?: CommittedBallot;
    }
  | {
      readonly name: "decide";
      readonly credential: string;
      readonly marks: Marks;
      /** Undefined while it is being sealed, when nothing but a change may be pressed. */
      readonly committed?: CommittedBallot;
      readonly problem?: Problem;
    }
  | {
      readonly name: "challenge";
      readonly credential: string;
      readonly marks: Marks;
      readonly committed: CommittedBallot;
      /** The house has not answered. */
      readonly isLost: boolean;
    }
  | {
      readonly name: "opened";
      readonly marks: Marks;
      readonly tracker: string;
      readonly opening: string;
    }
  | { readonly name: "paper"; readonly marks: Marks; readonly sealed: SealedBallot }
  | { readonly name: "paperless"; readonly marks: Marks; readonly sealed: SealedBallot }
  | { readonly name: "spoilt" }
  | {
      readonly name: "sending";
      readonly sealed: SealedBallot;
      /** It was handed in before without an answer, so that it may lie in the urn. */
      readonly again?: true;
    }
  | { readonly name: "unreachable"; readonly sealed: SealedBallot }
  | { readonly name: "unanswered"; readonly code: string }
  | { readonly name: "refused"; readonly problem: Problem }
  | { readonly name: "receipt"; readonly code: string }
  | { readonly name: "alarm"; readonly expected: string; readonly received: string };

/** How a voter wants to see the booth; forgotten after her as everything of hers. */
export interface Preferences {
  readonly size: "normal" | "large" | "largest";
  readonly contrast: "normal" | "high";
  /** `system` is what the tablet itself is set to. */
  readonly scheme: "system" | "light" | "dark";
  /** Whether the page is read aloud; the rest of them is of no effect unless it is. */
  readonly sound: "off" | "on";
  readonly rate: "slow" | "normal" | "fast";
  readonly volume: "low" | "normal" | "high";
  readonly screen: "lit" | "dark";
}

/** Whether the house answers, as its last answer said, or the one that never came. */
export type Link = "up" | "down";

/** What a voter may open beside the step she is in. */
export type Panel = "languages" | "settings" | "sound";

/**
 * `visit` counts voters, so that an answer to one never reaches the next; `reviews` counts how often this one has looked at
 * her marks once more, so that a ballot sealed for one look is never taken for that of the next.
 */
export interface State {
  readonly visit: number;
  /** Whether the house answers; the tablet's and no voter's. */
  readonly link: Link;
  readonly reviews: number;
  readonly language: Language;
  readonly preferences: Preferences;
  /** The languages that this tablet can read aloud. */
  readonly audible: readonly string[];
  readonly offering?: Offering;
  readonly step: Step;
  readonly panel?: Panel;
  readonly pausing: boolean;
}

/** What the server said about a slip. */
export type SlipAnswer =
  | "ready"
  | "unknown"
  | "spent"
  | "void"
  | "revoked"
  | "not_open"
  | "closed"
  | "unreachable"
  | "failed";

/** What the server said about a ballot. */
export type CastAnswer =
  | { readonly kind: "accepted"; readonly receipt: string }
  | { readonly kind: "unreachable" }
  | { readonly kind: "refused"; readonly problem: Problem };

/** What the server said about a ballot that is to be opened. */
export type ChallengeAnswer =
  | { readonly kind: "challenged" | "cast"; readonly receipt: string }
  | { readonly kind: "unreachable" }
  | { readonly kind: "held"; readonly problem: Held }
  | { readonly kind: "refused"; readonly problem: Problem };

export type Event =
  | { readonly type: "loaded"; readonly offering: Offering }
  | { readonly type: "load_failed"; readonly problem: "unreachable" | "unfit" | "revoked" }
  | { readonly type: "alive"; readonly status: Offering["status"] }
  | { readonly type: "revoked" }
  | { readonly type: "link"; readonly link: Link }
  | { readonly type: "hidden" }
  | { readonly type: "seen"; readonly after: number }
  | { readonly type: "language"; readonly language: Language }
  | { readonly type: "panel"; readonly panel?: Panel }
  | { readonly type: "prefer"; readonly change: Partial<Preferences> }
  | { readonly type: "audible"; readonly languages: readonly string[] }
  | { readonly type: "slip"; readonly credential: string }
  | { readonly type: "problem"; readonly problem: Problem }
  | { readonly type: "slip_answered"; readonly visit: number; readonly answer: SlipAnswer }
  | { readonly type: "mark"; readonly candidate: number; readonly on: boolean }
  | { readonly type: "mark_blank"; readonly on: boolean }
  | { readonly type: "turn"; readonly turn: Turn }
  | { readonly type: "review" }
  | { readonly type: "confirm" }
  | { readonly type: "change" }
  | { readonly type: "cast" }
  | { readonly type: "paperless"; readonly visit?: number }
  | { readonly type: "print" }
  | { readonly type: "spoil" }
  | { readonly type: "sealed"; readonly visit: number; readonly review: number; readonly committed: CommittedBallot }
  | { readonly type: "seal_failed"; readonly visit: number; readonly review: number }
  | { readonly type: "challenge" }
  | {
      readonly type: "challenge_answered";
      readonly visit: number;
      /** Which one the answer is about: she may have challenged another one before. */
      readonly ballot: string;
      readonly answer: ChallengeAnswer;
    }
  | { readonly type: "again" }
  | { readonly type: "cast_answered"; readonly visit: number; readonly answer: CastAnswer }
  | { readonly type: "retry" }
  | { readonly type: "warn" }
  | { readonly type: "stay" }
  | { readonly type: "clear" };

/** What the tablet must do next; its answer comes back as an event of the same visit. */
export type Command =
  | { readonly type: "load"; readonly after: number }
  | { readonly type: "ask"; readonly visit: number; readonly credential: string }
  | {
      readonly type: "seal";
      readonly visit: number;
      readonly review: number;
      readonly credential: string;
      readonly marks: Marks;
    }
  | { readonly type: "challenge"; readonly visit: number; readonly ballot: string; readonly after: number }
  | { readonly type: "print"; readonly visit: number }
  | { readonly type: "send"; readonly visit: number; readonly sealed: SealedBallot; readonly after: number };

export const NO_MARKS: Marks = { chosen: [], blank: false };

/** Before anything is known, and what is left of a voter who has gone. */
export const BEGINNING: State = {
  visit: 0,
  link: "up",
  reviews: 0,
  language: "da",
  preferences: { size: "normal", contrast: "normal", scheme: "system", sound: "off", rate: "normal", volume: "normal", screen: "lit" },
  audible: [],
  step: { name: "loading" },
  pausing: false,
};
