/**
 * Both checks in one file that is saved to disk and works with the network off (build-single.mjs puts it together).
 *
 * A page that was opened from a file may begin no worker from a file, so the text of this very program is begun as one.
 */

import { type WorkerScope, serve } from "./index.ts";
import { beginPool } from "./page/begin.ts";
import { CheckPart, type Memory } from "./page/checking.ts";
import { make } from "./page/elements.ts";
import { languageField } from "./page/language.ts";
import { LANGUAGES, wordsIn } from "./page/messages.ts";
import { fromFile } from "./page/sources.ts";
import { VerifyPart, fileChooser } from "./page/verifying.ts";

/** The address of this program as a worker. */
function program(): string {
  const source = document.querySelector("script")?.textContent ?? "";
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

/** What stays when the page is written in another language: the check code that was read, and the archive. */
class Kept implements Memory {
  #commitment: string | undefined;
  archive: File | undefined;

  readonly read = (): string | undefined => this.#commitment;

  readonly keep = (commitment: string | undefined): void => {
    this.#commitment = commitment;
  };
}

function show(language: string, address: string, kept: Kept): void {
  const words = wordsIn(language);
  const { say } = words;
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  document.title = say("savedTitle");
  const whole = new VerifyPart(words, () => beginPool(address), "h3");
  const tablet = new CheckPart(words, () => beginPool(address, 1), kept, "h3");
  if (kept.archive) void tablet.know(fromFile(kept.archive));
  const chosen = (file: File): void => {
    kept.archive = file;
    void tablet.know(fromFile(file));
    void whole.start(fromFile(file));
  };
  document.body.replaceChildren(
    make(
      "main",
      {},
      languageField(words, LANGUAGES.map(wordsIn), (next) => {
        whole.stop();
        tablet.stop();
        show(next, address, kept);
      }),
      make("h1", {}, say("savedTitle")),
      make("p", {}, say("savedLead")),
      fileChooser(words, chosen),
      make("section", {}, make("h2", {}, say("verifyHeading")), whole.element),
      make("section", {}, make("h2", {}, say("checkHeading")), tablet.element),
    ),
  );
}

if (typeof document === "undefined") serve(self as unknown as WorkerScope);
else show(navigator.language.slice(0, 2), program(), new Kept());
