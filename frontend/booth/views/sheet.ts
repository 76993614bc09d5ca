/**
 * What a booth prints. The sheet of a vote (kontrolseddel) is the same for everybody who votes the same, in Danish whatever she
 * reads, in the order of the ballot, without name, code, time or number of its own. A receipt is another sheet: on one they
 * would tie a vote to its ballot in the urn. A sheet is outside the screens, and shown on paper alone. Its words stand here and
 * in no catalogue: no language of a voter ever changes them.
 */

import type { Candidate } from "../offering.ts";
import { qrCode } from "../qr.ts";
import { receiptAddress, wordsOf } from "../receipt.ts";
import type { Marks, State } from "../state.ts";
import { element } from "./elements.ts";

/** The sheet of these marks. */
export function voteSheet({ chosen, blank }: Marks, { offering }: Pick<State, "offering">): HTMLElement {
  const most = offering?.most ?? 1;
  const named = [...chosen].sort((one, other) => one - other).map((i) => offering?.candidates[i]);
  return sheet(
    ...headed("Kontrolseddel", offering),
    element("p", { class: "sheet-lead" }, blank ? "Stemmen er blank." : "Stemmen er på:"),
    element("ul", {}, ...(blank ? [] : named.map(line))),
    element("p", {}, blank || most === 1 ? "" : `Navne på sedlen: ${named.length} af højst ${most}.`),
    element("p", { class: "sheet-end" }, "Sedlen er ikke en stemme, men en kontrol af den. Læg den i kontrolkassen. Tag den ikke med."),
  );
}

/** The receipt as words, signs and a square, and where it is found after the close; it says nothing of the vote. */
export function receiptSheet(code: string, { offering }: Pick<State, "offering">, check: string): HTMLElement {
  const address = receiptAddress(check, code);
  return sheet(
    ...headed("Kvittering", offering),
    element("p", { class: "sheet-lead" }, wordsOf(code).join(" ")),
    element("p", { class: "sheet-code" }, (code.match(/.{1,5}/g) ?? []).join(" ")),
    element("p", {}, qrCode(address, "Kvitteringen som firkantet kode")),
    element("p", {}, "Kvitteringen viser, at stemmen ligger i urnen, og ikke, hvad der er stemt. Den findes efter valget på ", address.replace(/#.*/, "")),
    element("p", { class: "sheet-end" }, "Tag den med. Læg den ikke i kontrolkassen."),
  );
}

function headed(title: string, offering: State["offering"]): readonly HTMLElement[] {
  return [
    ...(offering?.rehearsal ? [element("p", { class: "sheet-mark" }, "PRØVEVALG")] : []),
    element("p", { class: "sheet-title" }, title),
    element("p", {}, `${offering?.name ?? ""}, ${offering?.municipality ?? ""}`),
  ];
}

function sheet(...content: readonly HTMLElement[]): HTMLElement {
  return element("section", { class: "sheet", lang: "da", dir: "ltr", translate: "no", "aria-hidden": "true" }, ...content);
}

function line(candidate: Candidate | undefined): HTMLLIElement {
  const words = candidate?.line ? `${candidate.name} (${candidate.line})` : (candidate?.name ?? "");
  return element("li", {}, `${candidate?.number ?? ""}. ${words}`);
}
