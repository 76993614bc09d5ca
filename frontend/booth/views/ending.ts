/** How a visit ends: with a receipt, with a refusal that says what to do, or with an alarm. */

import { actions, button, element, heading, paragraph } from "./elements.ts";
import { type Context, type Screen, stepOf } from "./screen.ts";

const GROUP = /.{1,5}/g;

export function receiptScreen({ state, words, dispatch }: Context): Screen {
  const code = stepOf(state, "receipt")?.code ?? "";
  return {
    content: [
      heading(words.receiptTitle),
      paragraph(words.receiptText, "lead"),
      element("h2", { id: "receipt-title" }, words.receiptCode),
      codeText(code),
      paragraph(words.receiptMeaning),
      actions(button(words.done, () => dispatch({ type: "clear" }), "primary")),
      paragraph(words.receiptClears, "hint"),
    ],
  };
}

export function refusedScreen({ state, words, dispatch }: Context): Screen {
  const problem = stepOf(state, "refused")?.problem ?? "failed";
  return {
    content: [
      heading(words.refusedTitle),
      paragraph(words.problems[problem], "lead"),
      actions(button(words.startOver, () => dispatch({ type: "clear" }), "primary")),
    ],
  };
}

export function alarmScreen({ state, words, dispatch }: Context): Screen {
  const { expected = "", received = "" } = stepOf(state, "alarm") ?? {};
  return {
    content: [
      heading(words.alarmTitle),
      paragraph(words.alarmText, "lead alarm"),
      element("h2", {}, words.alarmExpected),
      codeText(expected),
      element("h2", {}, words.alarmReceived),
      codeText(received),
      actions(button(words.startOver, () => dispatch({ type: "clear" }))),
    ],
  };
}

/** A code in groups of five, which can be read aloud and compared. Selecting it leaves the groups out. */
function codeText(code: string): HTMLParagraphElement {
  const groups = (code.match(GROUP) ?? []).map((group) => element("span", {}, group));
  return element("p", { class: "receipt", translate: "no", dir: "ltr" }, ...groups);
}
