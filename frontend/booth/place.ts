/** Where in a long ballot paper a voter is looking: which page of it, and what she searches for. */

import { matching } from "./finding.ts";
import type { Candidate } from "./offering.ts";
import type { Marks } from "./state.ts";

/** `first` counts in what is shown, which is everybody unless something is searched for or `only` some are looked at. */
export interface Place {
  readonly first: number;
  readonly query: string;
  /** Whether the letters and the field to search with are unfolded. */
  readonly isFinding: boolean;
  readonly only?: readonly number[];
}

/** What a voter may change of it; whatever changes what is shown begins at the top. */
export type Turn =
  | { readonly to: "page"; readonly first: number }
  | { readonly to: "finding"; readonly isFinding: boolean }
  | { readonly to: "query"; readonly query: string; readonly isFinding: boolean }
  | { readonly to: "chosen" }
  | { readonly to: "all" };

/** Where a voter comes to: at the first of her marks, if she has some already. */
export function beginning({ chosen }: Marks): Place {
  return { first: chosen[0] ?? 0, query: "", isFinding: false };
}

/** The candidates to show, in the order of the ballot. */
export function shown(candidates: readonly Candidate[], { query, only }: Place): readonly number[] {
  return only ?? matching(candidates, query);
}

export function turned(place: Place, turn: Turn, candidates: readonly Candidate[], { chosen }: Marks): Place {
  const { query, isFinding } = place;
  switch (turn.to) {
    case "page": {
      const last = Math.max(0, shown(candidates, place).length - 1);
      return { ...place, first: Math.min(Math.max(0, turn.first), last) };
    }
    case "finding":
      return { ...place, isFinding: turn.isFinding };
    case "query":
      return { first: 0, query: turn.query, isFinding: turn.isFinding };
    case "chosen":
      // As they are now: a mark that is taken back must not take its line away under a finger.
      return { first: 0, query, isFinding: false, only: chosen };
    case "all":
      return { first: shown(candidates, place)[place.first] ?? 0, query: "", isFinding: isFinding && query !== "" };
  }
}
