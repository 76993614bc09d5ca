/** The booth in English. */

import type { Catalogue } from "./catalogue.ts";

export const en: Catalogue = {
  language: "en",
  direction: "ltr",
  ownName: "English",
  chooseLanguage: "Language",
  rehearsal: "REHEARSAL (PRØVEVALG)",
  rehearsalMeaning: "Votes cast here do not count.",

  loadingTitle: "One moment",
  loadingText: "Fetching the election.",
  noticeTitles: { not_open: "The poll is not open yet", closed: "The poll is closed", other: "You cannot vote here right now" },

  startTitle: "Show your slip",
  startText: "You have drawn a slip with a square code. Scan the code or type it in.",
  scan: "Scan your slip",
  stopScanning: "Stop the camera",
  otherCamera: "Use the other camera",
  scanning: "The camera is on. Hold the code up in front of it.",
  scanHint: "Hold the slip still, so that the whole square code can be seen in the picture.",
  typeTitle: "Type the code instead",
  typeLabel: "The code on your slip",
  typeHint: "22 characters. Capital and small letters are different. You need not type hyphens.",
  continue: "Continue",
  asking: "Checking your slip.",

  chooseTitle: "Make your choice",
  chooseText: (most, blank) => {
    const rule = most === 1 ? "You can choose one candidate." : `You can choose up to ${most} candidates.`;
    return blank ? `${rule} You can also vote blank.` : rule;
  },
  candidates: "Candidates",
  chosenOf: (chosen, most) => `${chosen} of ${most} chosen`,
  blank: "Vote blank",
  blankMeaning: "I want to cast my vote without choosing anyone.",
  blankChosen: "Blank vote chosen",
  cancel: "Leave without voting",

  reviewTitle: "Is this right?",
  reviewText: "Check before you cast your vote. It cannot be changed afterwards.",
  yourVote: "Your vote",
  blankVote: "Blank vote",
  unused: (left) => (left === 1 ? "You have 1 choice left." : `You have ${left} choices left.`),
  cast: "Cast my vote",
  change: "Change",

  sealingTitle: "Casting your vote",
  sealingText: "Your vote is being locked on this tablet. This takes a moment.",
  sendingText: "The locked vote is being put into the urn.",

  unreachableTitle: "Your vote is not confirmed yet",
  retry: "Try again",

  refusedTitle: "Your vote was not received",
  startOver: "Start over",

  receiptTitle: "Your vote has been cast",
  receiptText: "Thank you. Your locked vote is in the urn.",
  receiptCode: "Receipt code",
  receiptMeaning:
    "Write the code down if you want to check later that your vote was counted. The code does not show what you voted. Nobody can see that.",
  receiptClears: "The screen clears itself after 60 seconds.",
  done: "Done",

  alarmTitle: "Stop. Call the election staff",
  alarmText:
    "The urn has confirmed something else than what this tablet sent. Do not leave the tablet and do not use it any more. Show this page to the staff.",
  alarmExpected: "Code of what was sent",
  alarmReceived: "Code that came back",

  pauseTitle: "Are you still there?",
  pauseText: "In 20 seconds the screen clears, so that nobody else sees your choices.",
  pauseNotCast: "Your vote has not been cast yet.",
  pauseUnconfirmed: "Your vote may already have been received. Ask the staff before you leave.",
  stay: "Yes, continue",
  clearNow: "Clear the screen",

  problems: {
    mistyped: "The code is not typed correctly. It has 22 characters and never contains 0 (zero), capital O, capital I or small l. Check it and try again.",
    foreign: "This is not the code of a slip. Hold your slip up in front of the camera.",
    unknown: "This code does not belong to the election. Check that it is typed correctly. Otherwise ask the staff at the desk.",
    spent: "This slip has already been used to vote. If that was not you, ask the staff at the desk.",
    void: "This slip has been exchanged or handed back and cannot be used. Ask the staff at the desk.",
    revoked: "This tablet has been taken out of use. If you have a slip, go to another booth. It shows whether you have already voted with the slip. Tell the staff that this tablet does not work.",
    not_open: "Wait until the staff say that the poll is open. This page changes by itself.",
    closed: "It is no longer possible to vote. Ask the staff if you have a slip that you have not used.",
    unreachable: "There is no connection to the urn. Try again in a moment. Ask the staff if this goes on.",
    full: "The urn cannot take more votes right now. Your vote has not been cast. Keep your slip and ask the officials.",
    rejected: "The urn refused the vote. Your vote has not been cast. Keep your slip and try again on another tablet.",
    unfit: "This tablet does not show the right election and cannot be used. Tell the staff.",
    failed: "Something went wrong. Keep your slip and ask the staff.",
    camera: "The camera cannot be used. Type the code instead, or ask the staff.",
    too_many: "You cannot choose more. Remove another choice first.",
    nothing_chosen: "You have not chosen anything. Choose at least one candidate, or choose to vote blank if that is possible.",
  },
};
