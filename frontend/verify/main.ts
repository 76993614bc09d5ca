/** The page on which anybody checks the whole election; begun as a worker, the program does the reckoning. */

import { type WorkerScope, serve } from "../checker/index.ts";
import { beginPool } from "../checker/page/begin.ts";
import { button, make } from "../checker/page/elements.ts";
import { wordsIn } from "../checker/page/messages.ts";
import { fromAddress, fromFile, listFrom } from "../checker/page/sources.ts";
import { VerifyPart, fileChooser } from "../checker/page/verifying.ts";

/** Fill the page's place for it. Its address of the archive is there once there is a result to check. */
function mount(place: HTMLElement): void {
  const { archive, opened, program, fingerprint } = place.dataset;
  const list = opened === undefined ? undefined : listFrom(opened);
  const words = wordsIn(document.documentElement.lang);
  const part = new VerifyPart(words, () => beginPool(program ?? ""), "h2", fingerprint);
  const fetching = button(words.say("fetch"), "", () => void part.start(fromAddress(archive ?? ""), list));
  place.replaceChildren(
    ...(archive === undefined ? [] : [make("p", { class: "actions" }, fetching)]),
    fileChooser(words, (file) => void part.start(fromFile(file))),
    part.element,
  );
}

if (typeof document === "undefined") serve(self as unknown as WorkerScope);
else document.querySelectorAll<HTMLElement>("[data-verifier]").forEach(mount);
