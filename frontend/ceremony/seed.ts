/** All that a member must keep is a seed: it is drawn here, covered by her passphrase, printed, and tried from the paper at once. */

import { type MemberKeys, type RandomBytes, deriveMemberKeys, drawSeed } from "../protocol/index.ts";
import { type Place, SHORTEST, cover, plain } from "./backup.ts";
import { element, hide, pressed, show, submitted, tellShare } from "./page.ts";
import { askSheet } from "./restore.ts";
import { clearSheet, drawSheet, markOf } from "./sheet.ts";
import { drawPassphrase } from "./words.ts";

/** The browser's own source of randomness. */
export const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * Make a seed, put it on paper, and go on only when it was restored from there.
 *
 * The keys that are answered are those that came back from the sheet: a member whose sheet cannot be read, or who has forgotten her
 * passphrase already, has sent nothing yet and makes another sheet.
 */
export async function newSeed(place: Place): Promise<MemberKeys> {
  const passphrase = await choosePassphrase();
  const seed = drawSeed(random);
  const keys = deriveMemberKeys(seed);
  show("covering");
  const signs = await cover(seed, passphrase, place, tellShare("covered"));
  hide("covering");
  await onPaper(place, keys, signs);
  element("sheet-again").addEventListener("click", () => window.location.reload());
  show("sheet-again");
  const restored = await askSheet({ ...place, mark: markOf(keys) }, (found) => found.verification.equals(keys.verification));
  hide("sheet-again");
  return restored;
}

async function choosePassphrase(): Promise<string> {
  const input = element("passphrase-new") as HTMLInputElement;
  const propose = (): void => {
    input.value = drawPassphrase(random);
  };
  element("passphrase-other").addEventListener("click", propose);
  propose();
  show("choose-passphrase");
  input.focus();
  for (;;) {
    await submitted("choose-passphrase");
    const chosen = plain(input.value);
    if (chosen.length >= SHORTEST) {
      input.value = "";
      hide("choose-passphrase");
      return chosen;
    }
    show("passphrase-short");
    input.focus();
  }
}

async function onPaper(place: Place, keys: MemberKeys, signs: string): Promise<void> {
  drawSheet(place, keys, signs);
  element("print-sheet").addEventListener("click", () => window.print());
  show("show-sheet");
  await pressed("sheet-on-paper");
  hide("show-sheet");
  clearSheet();
}
