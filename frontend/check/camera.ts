/**
 * The camera of the check page. It stands outside `checker`, which uses no package: all it does is to hand over the text of
 * a code, which is shown on the page and compared there.
 */

import { Scanner } from "../booth/scanner.ts";
import { button, make } from "../checker/page/elements.ts";
import type { CheckKey, Words } from "../checker/page/messages.ts";

/** Put a camera into `place`, for whoever has one; answers how to turn it off. */
export function offerCamera(place: HTMLElement, { say }: Words<CheckKey>, read: (text: string) => void): () => void {
  if (!("mediaDevices" in navigator)) return () => {};
  const video = make("video", { class: "viewfinder", playsinline: true, muted: true, hidden: true });
  const dark = make("p", { class: "error", role: "alert" });
  const scanner = new Scanner(
    video,
    (text) => {
      halt();
      read(text);
    },
    { formats: ["qr_code"], facing: "environment" },
  );
  const show = (isOn: boolean): void => {
    [video.hidden, on.hidden, off.hidden] = [!isOn, isOn, !isOn];
  };
  const halt = (): void => {
    scanner.stop();
    show(false);
  };
  const begin = async (): Promise<void> => {
    dark.textContent = "";
    show(true);
    off.focus(); // the button that was pressed is gone
    if (await scanner.start()) return;
    show(false);
    on.focus();
    dark.textContent = say("checkDark");
  };
  const on = button(say("checkScan"), "", () => void begin());
  const off = button(say("checkHalt"), "second", () => {
    halt();
    on.focus();
  });
  show(false);
  place.append(dark, video, make("p", { class: "actions" }, on, off));
  addEventListener("pagehide", halt);
  return halt;
}
