/** How a visit ends: with a receipt, with a refusal that says what to do, or with an alarm. */

import { qrCode } from "../qr.ts";
import { RECEIPT_JOB } from "../printing.ts";
import { receiptAddress, wordsOf } from "../receipt.ts";
import { actions, button, danish, element, heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";
import { receiptSheet } from "./sheet.ts";

const GROUP = /.{1,5}/g;

/** The same receipt three times: to be said and found, to be compared, and to be taken along as a picture. */
export function receiptScreen({ state, t, dispatch, check }: Context): Screen {
  const code = stepOf(state, "receipt")?.code ?? "";
  const words = wordsOf(code).map((word) => element("li", {}, danish(word)));
  const sheet = state.offering?.printer ? receiptSheet(code, state, check) : undefined;
  if (sheet) document.body.append(sheet);
  return {
    content: [
      heading(t("receipt.title")),
      paragraph(t("receipt.text"), "lead"),
      ...(state.offering?.deposit === "after_cast" ? [paragraph(t("paper.deposit"), "lead")] : []),
      element(
        "div",
        { class: "receipts" },
        element(
          "div",
          {},
          element("h2", { id: "words-title" }, t("receipt.words")),
          element("ol", { class: "receipt-words", translate: "no", dir: "ltr", "aria-labelledby": "words-title" }, ...words),
          element("h2", { id: "receipt-title" }, t("receipt.code")),
          codeText(code),
        ),
        qrCode(receiptAddress(check, code), t("receipt.qr")),
      ),
      paragraph(t("receipt.meaning")),
      paragraph(t("receipt.nothing")),
      ...(sheet ? [paragraph(t("paper.take"), "hint")] : []),
      actions(
        button(t("receipt.done"), () => dispatch({ type: "clear" }), "primary"),
        ...(sheet ? [button(t("paper.receipt"), () => dispatch({ type: "print" }))] : []),
      ),
      paragraph(t("receipt.clears"), "hint"),
    ],
    update() {
      if (sheet) document.title = RECEIPT_JOB;
    },
    leave: () => sheet?.remove(),
  };
}

export function refusedScreen({ state, t, dispatch }: Context): Screen {
  const problem = stepOf(state, "refused")?.problem ?? "failed";
  return {
    content: [
      heading(t("casting.refused")),
      paragraph(t(`problems.${problem}`), "lead"),
      ...(state.offering?.deposit ? [paragraph(t("paper.refused"))] : []),
      actions(button(t("casting.startOver"), () => dispatch({ type: "clear" }), "primary")),
    ],
  };
}

export function alarmScreen({ state, t, dispatch }: Context): Screen {
  const { expected = "", received = "" } = stepOf(state, "alarm") ?? {};
  return {
    content: [
      heading(t("alarm.title")),
      paragraph(t("alarm.text"), "lead alarm"),
      ...(state.offering?.deposit ? [paragraph(t("paper.unknown"))] : []),
      element("h2", {}, t("alarm.expected")),
      codeText(expected),
      element("h2", {}, t("alarm.received")),
      codeText(received),
      actions(button(t("casting.startOver"), () => dispatch({ type: "clear" }))),
    ],
  };
}

/** A code in groups of five, which can be read aloud and compared. */
export function codeText(code: string): HTMLParagraphElement {
  const groups = (code.match(GROUP) ?? []).map((group) => element("span", {}, group));
  return element("p", { class: "receipt", translate: "no", dir: "ltr" }, ...groups);
}
