/** The page on which a voter's or observer's own device checks what a tablet sealed. */

import { beginPool } from "../checker/page/begin.ts";
import { CheckPart } from "../checker/page/checking.ts";
import { wordsIn } from "../checker/page/messages.ts";
import { fromAddress } from "../checker/page/sources.ts";
import { offerCamera } from "./camera.ts";
import { memoryOf } from "./memory.ts";

function mount(place: HTMLElement): void {
  const { archive, program } = place.dataset;
  const words = wordsIn(document.documentElement.lang);
  const part = new CheckPart(words, () => beginPool(program ?? "", 1), memoryOf(location.pathname), "h2");
  place.replaceChildren(part.element);
  offerCamera(part.camera, words, (text) => part.feed(text));
  void part.know(fromAddress(archive ?? ""));
  takeFrom(part);
  addEventListener("hashchange", () => takeFrom(part));
}

/** What stands behind # was read by the phone's own camera. It names a slip, so it is not left in the address. */
function takeFrom(part: CheckPart): void {
  const text = location.hash.slice(1);
  if (text === "" || text === "main") return;
  history.replaceState(null, "", location.pathname);
  part.feed(text);
}

document.querySelectorAll<HTMLElement>("[data-tablet-check]").forEach(mount);
