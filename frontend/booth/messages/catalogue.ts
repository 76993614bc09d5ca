/** Every sentence of the booth, in each language it speaks; a language that lacks one does not compile. */

import type { Language, Problem } from "../state.ts";

/** `language` and `direction` go into the page's own `lang` and `dir`. */
export interface Catalogue {
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
  /** The language's name in that language. */
  readonly ownName: string;
  readonly chooseLanguage: string;
  readonly rehearsal: string;
  readonly rehearsalMeaning: string;

  readonly loadingTitle: string;
  readonly loadingText: string;
  readonly noticeTitles: Readonly<Record<"not_open" | "closed" | "other", string>>;

  readonly startTitle: string;
  readonly startText: string;
  readonly scan: string;
  readonly stopScanning: string;
  readonly otherCamera: string;
  readonly scanning: string;
  readonly scanHint: string;
  readonly typeTitle: string;
  readonly typeLabel: string;
  readonly typeHint: string;
  readonly continue: string;
  readonly asking: string;

  readonly chooseTitle: string;
  readonly chooseText: (most: number, blank: boolean) => string;
  readonly candidates: string;
  readonly chosenOf: (chosen: number, most: number) => string;
  readonly blank: string;
  readonly blankMeaning: string;
  readonly blankChosen: string;
  readonly cancel: string;

  readonly reviewTitle: string;
  readonly reviewText: string;
  readonly yourVote: string;
  readonly blankVote: string;
  readonly unused: (left: number) => string;
  readonly cast: string;
  readonly change: string;

  readonly sealingTitle: string;
  readonly sealingText: string;
  readonly sendingText: string;

  readonly unreachableTitle: string;
  readonly retry: string;

  readonly refusedTitle: string;
  readonly startOver: string;

  readonly receiptTitle: string;
  readonly receiptText: string;
  readonly receiptCode: string;
  readonly receiptMeaning: string;
  readonly receiptClears: string;
  readonly done: string;

  readonly alarmTitle: string;
  readonly alarmText: string;
  readonly alarmExpected: string;
  readonly alarmReceived: string;

  readonly pauseTitle: string;
  readonly pauseText: string;
  readonly pauseNotCast: string;
  readonly pauseUnconfirmed: string;
  readonly stay: string;
  readonly clearNow: string;

  readonly problems: Readonly<Record<Problem, string>>;
}
