/** The page on which a voter's or observer's own device checks what a tablet sealed. */

import { beginPool } from "../checker/page/begin.ts";
import { CheckPart } from "../checker/page/checking.ts";
import { languageField } from "../checker/page/language.ts";
import { fromAddress } from "../checker/page/sources.ts";
import { offerCamera } from "./camera.ts";
import { memoryOf } from "./memory.ts";
import { OFFERED, checkWordsIn } from "./words.ts";

function mount(place: HTMLElement): void {
  let part = write(place, document.documentElement.lang, (next) => {
    part = next;
  });
  takeFrom(part);
  addEventListener("hashchange", () => takeFrom(part));
}

/** Write the check in a language; in another one it begins anew, with the check code that was read. */
function write(place: HTMLElement, language: string, rewritten: (part: CheckPart) => void): CheckPart {
  const { archive, program } = place.dataset;
  const words = checkWordsIn(language);
  const part = new CheckPart(words, () => beginPool(program ?? "", 1), memoryOf(location.pathname), "h2");
  const halt = offerCamera(part.camera, words, (text) => part.feed(text));
  const choice = languageField(words, OFFERED.map(checkWordsIn), (next) => {
    halt();
    part.stop();
    rewritten(write(place, next, rewritten));
  });
  [place.lang, place.dir] = [words.language, words.direction];
  place.replaceChildren(choice, part.element);
  void part.know(fromAddress(archive ?? ""));
  return part;
}

/** What stands behind # was read by the phone's own camera. It names a slip, so it is not left in the address. */
function takeFrom(part: CheckPart): void {
  const text = location.hash.slice(1);
  if (text === "" || text === "main") return;
  history.replaceState(null, "", location.pathname);
  part.feed(text);
}

document.querySelectorAll<HTMLElement>("[data-tablet-check]").forEach(mount);
