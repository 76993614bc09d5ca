/** A device without a hand scanner reads cards with its camera; the picture never leaves it and is not kept. */

import { Scanner } from "../booth/scanner.ts";
import { part, show } from "./parts.ts";

/** What stands on poll cards and on health cards (sundhedskort), whoever printed them. */
const FORMATS = ["qr_code", "code_128", "code_39", "itf", "codabar", "ean_13", "data_matrix", "pdf417", "aztec"] as const;

/** Put a camera to the search form of the page at hand. */
export function offerCamera(form: HTMLFormElement): () => void {
  const video = part<HTMLVideoElement>("view", form);
  const query = form.querySelector<HTMLInputElement>("[name=query]");
  if (video === undefined || query === null || !("mediaDevices" in navigator)) return () => undefined;
  const scanner = new Scanner(
    video,
    (text) => {
      scanner.stop();
      draw(false);
      query.value = text;
      form.requestSubmit();
    },
    { formats: FORMATS, facing: "environment" },
  );
  const draw = (isOn: boolean): void => {
    show("view", isOn, form);
    show("camera", !isOn, form);
    show("halt", isOn, form);
    show("turn", isOn && scanner.hasOtherCamera, form);
  };
  const begin = async (turnOn: () => Promise<boolean>): Promise<void> => {
    show("dark", false, form);
    show("view", true, form);
    const isOn = await turnOn();
    draw(isOn);
    show("dark", !isOn, form);
  };
  part("camera", form)?.addEventListener("click", () => void begin(() => scanner.start()));
  part("turn", form)?.addEventListener("click", () => void begin(() => scanner.change()));
  part("halt", form)?.addEventListener("click", () => {
    scanner.stop();
    draw(false);
    query.focus();
  });
  draw(false);
  return () => scanner.stop();
}
