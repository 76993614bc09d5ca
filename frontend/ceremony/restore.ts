/** A member's keys come back from her sheet and her passphrase, on any device, and nothing of either is sent or kept. */

import { type MemberKeys, deriveMemberKeys } from "../protocol/index.ts";
import { type Place, uncover } from "./backup.ts";
import { offerCamera } from "./camera.ts";
import { element, hide, say, show, submitted, tellShare } from "./page.ts";
import { type Reading, readSheet } from "./reading.ts";

const WRONGS = ["unreadable", "election", "member", "ceremony", "word", "passphrase"] as const;
type Wrong = (typeof WRONGS)[number];

/** Which sheet is asked for; `mark` is that of the key it must belong to, where that is known. */
export interface Wanted extends Place {
  readonly mark?: string | undefined;
}

/** Ask for sheet and passphrase until the keys that grow from them are accepted. */
export async function askSheet(wanted: Wanted, fits: (keys: MemberKeys) => boolean): Promise<MemberKeys> {
  const sheet = element("sheet-input") as HTMLTextAreaElement;
  const passphrase = element("passphrase-input") as HTMLInputElement;
  const halt = offerCamera(sheet);
  show("ask-sheet");
  sheet.focus();
  for (;;) {
    await submitted("ask-sheet");
    tellWrong(undefined);
    const reading = readSheet(sheet.value, wanted, wanted.mark);
    const keys = "signs" in reading ? await keysOf(reading.signs, passphrase.value, wanted) : undefined;
    if (keys !== undefined && fits(keys)) {
      halt();
      sheet.value = passphrase.value = "";
      hide("ask-sheet");
      return keys;
    }
    tellWrong(wrongOf(reading));
    ("signs" in reading ? passphrase : sheet).focus();
  }
}

async function keysOf(signs: string, passphrase: string, place: Place): Promise<MemberKeys> {
  show("uncovering");
  const seed = await uncover(signs, passphrase, place, tellShare("uncovered"));
  hide("uncovering");
  return deriveMemberKeys(seed);
}

function wrongOf(reading: Reading): Wrong {
  if (!("why" in reading)) return "passphrase";
  if (reading.why === "word") say("wrong-number", String(reading.number));
  return reading.why;
}

function tellWrong(wrong: Wrong | undefined): void {
  for (const each of WRONGS) element(`wrong-${each}`).hidden = each !== wrong;
  element("sheet-wrong").hidden = wrong === undefined;
}
