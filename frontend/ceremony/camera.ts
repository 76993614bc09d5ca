/** The square of a sheet is read by the member's own camera; the picture never leaves the device and is not kept. */

import { Scanner } from "../booth/scanner.ts";
import { element } from "./page.ts";

/** Put the camera to the form that asks for the sheet; answers how to turn it off. */
export function offerCamera(input: HTMLTextAreaElement): () => void {
  if (!("mediaDevices" in navigator)) return () => undefined;
  const draw = (isOn: boolean): void => {
    element("sheet-view").hidden = !isOn;
    element("sheet-scan").hidden = isOn;
    element("sheet-halt").hidden = !isOn;
  };
  const found = (text: string): void => {
    input.value = text;
    halt();
    element("passphrase-input").focus();
  };
  const scanner = new Scanner(element("sheet-view") as HTMLVideoElement, found, {
    formats: ["qr_code"],
    facing: "environment",
  });
  const halt = (): void => {
    scanner.stop();
    draw(false);
  };
  const begin = async (): Promise<void> => {
    element("sheet-dark").hidden = true;
    element("sheet-view").hidden = false;
    const isOn = await scanner.start();
    draw(isOn);
    element("sheet-dark").hidden = isOn;
  };
  element("sheet-scan").addEventListener("click", () => void begin());
  element("sheet-halt").addEventListener("click", halt);
  draw(false);
  return halt;
}
