/** The sheet (nøgleark) is drawn on the page and printed from there: it is no file, and nothing of it is sent. */

import { qrCode } from "../booth/qr.ts";
import { type MemberKeys, pointText, shaHex } from "../protocol/index.ts";
import type { Place } from "./backup.ts";
import { element, say } from "./page.ts";
import { sheetCode } from "./reading.ts";
import { wordsOf } from "./words.ts";

const GROUPS = /^(.{5})(.{6})(.{5})(.{6})$/;
const MARK_SIGNS = 8;

/** Which key a sheet belongs to, for whoever holds it without the passphrase; the key it is made of is public. */
export function markOf(keys: Pick<MemberKeys, "verification">): string {
  return shaHex(pointText(keys.verification)).slice(0, MARK_SIGNS);
}

/** Fill the sheet in. */
export function drawSheet(place: Place, keys: MemberKeys, signs: string): void {
  const mark = markOf(keys);
  const code = sheetCode({ ...place, mark, signs });
  element("sheet-code").replaceChildren(qrCode(code, element("sheet-code").dataset["label"] ?? ""));
  say("sheet-signs", signs.replace(GROUPS, "$1 $2 $3 $4"));
  say("sheet-mark", mark);
  element("sheet-words").replaceChildren(
    ...wordsOf(signs).map((word) => {
      const item = document.createElement("li");
      item.textContent = word;
      return item;
    }),
  );
}

/** Take everything off the page again. */
export function clearSheet(): void {
  for (const id of ["sheet-code", "sheet-words", "sheet-signs", "sheet-mark"]) element(id).replaceChildren();
}
