/** The voter shows her slip: to the camera, or by typing its code. */

import { Scanner } from "../scanner.ts";
import { readSlip } from "../slip.ts";
import { actions, button, element, heading, paragraph } from "./elements.ts";
import type { Context, Screen } from "./screen.ts";
import { stepOf } from "./screen.ts";

export function startScreen({ words, dispatch }: Context): Screen {
  const camera = cameraSection({ words, dispatch });
  const typing = typingForm({ words, dispatch });
  const asking = element("p", { role: "status", class: "status" });
  return {
    content: [
      heading(words.startTitle),
      paragraph(words.startText, "lead"),
      element("div", { class: "ways" }, camera.section, typing.form),
      asking,
    ],
    update(state) {
      const isAsking = stepOf(state, "start")?.asking !== undefined;
      asking.textContent = isAsking ? words.asking : "";
      typing.input.readOnly = isAsking;
      if (isAsking) camera.stop();
    },
    leave() {
      camera.stop();
      typing.input.value = "";
    },
  };
}

type Parts = Pick<Context, "words" | "dispatch">;

function typingForm({ words, dispatch }: Parts): { form: HTMLFormElement; input: HTMLInputElement } {
  const input = element("input", {
    id: "code",
    type: "text",
    class: "code",
    autocomplete: "off",
    autocapitalize: "none",
    autocorrect: "off",
    spellcheck: "false",
    maxlength: "60",
    "aria-describedby": "code-hint",
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const credential = readSlip(input.value);
    dispatch(credential === undefined ? { type: "problem", problem: "mistyped" } : { type: "slip", credential });
    if (credential === undefined) input.focus();
  };
  const form = element(
    "form",
    { class: "way", submit, novalidate: true },
    element("h2", {}, words.typeTitle),
    element("label", { for: "code" }, words.typeLabel),
    element("p", { id: "code-hint", class: "hint" }, words.typeHint),
    input,
    actions(element("button", { type: "submit", class: "primary" }, words.continue)),
  );
  return { form, input };
}

function cameraSection({ words, dispatch }: Parts): { section: HTMLElement; stop: () => void } {
  const video = element("video", { muted: true, playsinline: true, hidden: true, "aria-hidden": "true" });
  const status = element("p", { role: "status", class: "hint" });
  const scanner = new Scanner(video, (text) => {
    const credential = readSlip(text);
    dispatch(credential === undefined ? { type: "problem", problem: "foreign" } : { type: "slip", credential });
  });

  const show = (isOn: boolean): void => {
    video.hidden = !isOn;
    scan.hidden = isOn;
    halt.hidden = !isOn;
    other.hidden = !isOn || !scanner.hasOtherCamera;
    status.textContent = isOn ? words.scanning : "";
  };
  const begin = async (way: () => Promise<boolean>): Promise<void> => {
    const isOn = await way();
    show(isOn);
    if (!isOn) dispatch({ type: "problem", problem: "camera" });
  };
  const stop = (): void => {
    scanner.stop();
    show(false);
  };

  const scan = button(words.scan, () => void begin(() => scanner.start()), "primary");
  const halt = button(words.stopScanning, () => {
    stop();
    scan.focus();
  });
  const other = button(words.otherCamera, () => void begin(() => scanner.change()));
  const section = element(
    "section",
    { class: "way", "aria-labelledby": "scan-title" },
    element("h2", { id: "scan-title" }, words.scan),
    paragraph(words.scanHint, "hint"),
    video,
    status,
    actions(scan, halt, other),
  );
  show(false);
  return { section, stop };
}
