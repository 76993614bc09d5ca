/** Before she can cast the ballot or have it opened, the tablet shows which one it has committed itself to (docs/challenge.md). */

import { qrCode } from "../qr.ts";
import { actions, button, element, heading, paperHead, paragraph } from "./elements.ts";
import { codeText } from "./ending.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";
import { votedFor } from "./voted.ts";

/** The code with the way to the check, less prominent than the way to the urn. */
export interface Commitment {
  readonly section: HTMLElement;
  /** Show the code once the ballot is sealed; the same code is never drawn twice. */
  show(tracker: string | undefined): void;
}

/** `waiting` are further buttons that may not be pressed before the code is there. */
export function commitment({ t, dispatch, check }: Context, ...waiting: readonly HTMLButtonElement[]): Commitment {
  const status = element("p", { role: "status", class: "status" });
  const place = element("div", { class: "commitment-code" });
  const challenge = button(t("challenge.check"), () => dispatch({ type: "challenge" }));
  challenge.setAttribute("aria-describedby", "challenge-meaning");
  let shown: string | undefined;
  const show = (tracker: string | undefined): void => {
    for (const one of [challenge, ...waiting]) one.disabled = tracker === undefined;
    status.classList.toggle("working", tracker === undefined);
    // Told once: what is written into it again a voice would say again.
    if (status.textContent !== "" && tracker === shown) return;
    status.textContent = t(tracker === undefined ? "challenge.sealing" : "challenge.sealed");
    shown = tracker;
    place.replaceChildren(...(tracker === undefined ? [] : [qrCode(`${check}#${tracker}`, t("challenge.qr")), codeText(tracker)]));
  };
  return {
    section: element(
      "section",
      { class: "commitment", "aria-labelledby": "commitment-title" },
      element("div", { class: "commitment-head" }, element("h2", { id: "commitment-title" }, t("challenge.code")), status),
      place,
      element(
        "div",
        { class: "challenge" },
        paragraph(t("challenge.note"), "hint"),
        challenge,
        element("p", { id: "challenge-meaning", class: "hint" }, t("challenge.meaning")),
      ),
    ),
    show,
  };
}

/** The house is asked to bar the ballot; the code stays, so that an official can write it down if no answer comes. */
export function challengeScreen({ state, t, dispatch, check }: Context): Screen {
  const tracker = stepOf(state, "challenge")?.committed.tracker ?? "";
  const title = heading(t("challenge.askingTitle"));
  // Without an answer the screen stays and says so: whoever does not see it is told.
  const text = element("p", { class: "lead", role: "status" });
  const retry = actions(button(t("casting.retry"), () => dispatch({ type: "retry" }), "primary"));
  return {
    content: [
      title,
      text,
      element("h2", {}, t("challenge.code")),
      element("div", { class: "commitment-code" }, qrCode(`${check}#${tracker}`, t("challenge.qr")), codeText(tracker)),
      retry,
    ],
    update(next) {
      const isLost = stepOf(next, "challenge")?.isLost ?? false;
      const said = t(isLost ? "challenge.lost" : "challenge.asking");
      title.textContent = t(isLost ? "challenge.lostTitle" : "challenge.askingTitle");
      if (text.textContent !== said) text.textContent = said;
      text.classList.toggle("working", !isLost);
      retry.hidden = !isLost;
    },
  };
}

/** The opened ballot: another device seals it again from the code, and says whose vote it is; so does the tablet. */
export function openedScreen({ state, t, dispatch, check }: Context): Screen {
  const step = stepOf(state, "opened");
  const { opening = "", tracker = "", marks } = step ?? {};
  return {
    content: [
      paperHead(t("challenge.openedTitle"), t("challenge.opened")),
      paragraph(t("challenge.scan"), "scan"),
      element(
        "div",
        { class: "opening" },
        element("div", { class: "opening-code" }, qrCode(`${check}#${opening}`, t("challenge.openingQr"))),
        element(
          "div",
          {},
          element("h2", { id: "said-title" }, t("challenge.said")),
          element("ul", { class: "vote", "aria-labelledby": "said-title" }, ...(marks ? votedFor(marks, state, t) : [])),
          element("h2", {}, t("challenge.code")),
          codeText(tracker),
          paragraph(t("challenge.alarm"), "hint"),
        ),
        element(
          "div",
          { class: "again" },
          paragraph(t("challenge.againText")),
          actions(button(t("challenge.again"), () => dispatch({ type: "again" }), "primary")),
        ),
      ),
    ],
  };
}
