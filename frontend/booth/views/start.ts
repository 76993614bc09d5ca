/** The voter shows her slip: to the camera, or by typing its code. */

import { codeKeyboard } from "../kiosk/keyboard.ts";
import { Scanner } from "../scanner.ts";
import { readSlip } from "../slip.ts";
import { actions, button, element, heading, paragraph } from "./elements.ts";
import type { Context, Screen } from "./screen.ts";
import { stepOf } from "./screen.ts";

export function startScreen({ t, dispatch }: Context): Screen {
  const camera = cameraSection({ t, dispatch });
  const typing = typingForm({ t, dispatch });
  const asking = element("p", { role: "status", class: "status" });
  return {
    content: [
      heading(t("slip.title")),
      paragraph(t("slip.text"), "lead"),
      element("div", { class: "ways" }, camera.section, typing.form),
      typing.keys,
      asking,
    ],
    update(state) {
      const isAsking = stepOf(state, "start")?.asking !== undefined;
      asking.textContent = isAsking ? t("slip.asking") : "";
      typing.input.readOnly = isAsking;
      if (isAsking) camera.stop();
    },
    leave() {
      camera.stop();
      typing.input.value = "";
    },
  };
}

type Parts = Pick<Context, "t" | "dispatch">;

function typingForm({ t, dispatch }: Parts): { form: HTMLFormElement; input: HTMLInputElement; keys: HTMLElement } {
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
  const { toggle, keys } = codeKeyboard(input, "code-form", t);
  const form = element(
    "form",
    { id: "code-form", class: "way", submit, novalidate: true },
    element("h2", {}, t("slip.typeTitle")),
    element("label", { for: "code" }, t("slip.typeLabel")),
    element("p", { id: "code-hint", class: "hint" }, t("slip.typeHint")),
    input,
    actions(toggle, element("button", { type: "submit", class: "primary" }, t("slip.continue"))),
  );
  return { form, input, keys };
}

function cameraSection({ t, dispatch }: Parts): { section: HTMLElement; stop: () => void } {
  const video = element("video", { muted: true, playsinline: true, hidden: true, "aria-hidden": "true" });
  const status = element("p", { role: "status", class: "hint" });
  const scanner = new Scanner(video, (text) => {
    const credential = readSlip(text);
    dispatch(credential === undefined ? { type: "problem", problem: "foreign" } : { type: "slip", credential });
  });

  const show = (isOn: boolean): void => {
    const focused = [scan, halt, other].find((one) => one === document.activeElement);
    video.hidden = !isOn;
    scan.hidden = isOn;
    halt.hidden = !isOn;
    other.hidden = !isOn || !scanner.hasOtherCamera;
    status.textContent = isOn ? t("slip.scanning") : "";
    // Who pressed what goes away goes on from what comes in its place.
    if (focused?.hidden) (isOn ? halt : scan).focus();
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

  const scan = button(t("slip.scan"), () => void begin(() => scanner.start()), "primary");
  const halt = button(t("slip.stopScanning"), stop);
  const other = button(t("slip.otherCamera"), () => void begin(() => scanner.change()));
  const section = element(
    "section",
    { class: "way", "aria-labelledby": "scan-title" },
    element("h2", { id: "scan-title" }, t("slip.scan")),
    paragraph(t("slip.scanHint"), "hint"),
    video,
    status,
    actions(scan, halt, other),
  );
  show(false);
  return { section, stop };
}
