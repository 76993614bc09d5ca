/** What the house tells a member's device of the ceremony; texts are exact lines, null until everybody has sent hers. */

export const STEPS = ["certificate", "dealing", "share"] as const;
export type Step = (typeof STEPS)[number];

export interface Member extends Readonly<Record<Step, boolean>> {
  readonly position: number;
  readonly name: string;
}

/** Who has opened a part of the trial sum, and its number once enough have. */
interface Trial {
  readonly given: readonly number[];
  readonly number: number | null;
}

export interface State {
  readonly size: number;
  readonly threshold: number;
  readonly position: number;
  readonly members: readonly Member[];
  readonly certificate: string | null;
  readonly certificates: readonly string[] | null;
  readonly delivery: string | null;
  readonly share: string | null;
  readonly trustees: string | null;
  readonly trial: Trial | null;
  readonly stopped: readonly string[];
  readonly csrf: string;
}
