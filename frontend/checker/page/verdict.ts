/** The one sentence at the end, and what to compare with papers that were signed. */

import type { Found, Reason, Verdict } from "../index.ts";
import { type Heading, code, make, name } from "./elements.ts";
import type { Key, Words } from "./messages.ts";

/** What is shown of a verdict; its first child is the sentence. */
export function verdictOf(verdict: Verdict, words: Words, heading: Heading, ours?: string): HTMLElement {
  const { about } = verdict.found;
  const shown = foundIn(verdict, words, heading);
  if (ours === undefined || about === undefined || about.fingerprint === ours) return shown;
  // Whatever holds in it must not pass for this election, under this page's address.
  shown.prepend(make("p", { class: "bad verdict" }, make("strong", {}, words.say("otherFile"))));
  return shown;
}

function foundIn(verdict: Verdict, words: Words, heading: Heading): HTMLElement {
  const { say } = words;
  if (verdict.kind === "refused") {
    const { reason, ballot } = verdict.wrong;
    const about = ballot ? [make("p", {}, say("refusedBallot", { number: ballot.number }), " ", code(ballot.code))] : [];
    const sentence = make("p", { class: "bad verdict" }, make("strong", {}, say("refused"), " ", say(whyOf(reason))));
    return make("div", {}, sentence, ...about, make("p", {}, say("refusedNext")));
  }
  const { found } = verdict;
  const isWhole = verdict.kind === "accepted";
  const look = isWhole ? "good verdict" : "warning verdict";
  const sentence = make("p", { class: look }, make("strong", {}, say(isWhole ? "accepted" : "soFar")));
  return make("div", {}, sentence, ...countsOf(found, words), ...printsOf(found, words, heading));
}

export function whyOf(reason: Reason): Key {
  return `why${reason[0]!.toUpperCase()}${reason.slice(1)}` as `why${Capitalize<Reason>}`;
}

function countsOf({ about, counts }: Found, { say }: Words): readonly HTMLElement[] {
  if (about === undefined || counts === undefined) return [];
  const [blank, votes] = about.blank ? [counts[0]!, counts.slice(1)] : [undefined, counts];
  const row = (title: Node | string, number: number): HTMLElement =>
    make("tr", {}, make("th", { scope: "row" }, title), make("td", { class: "number" }, String(number)));
  const rows = about.answers.map((answer, i) => row(name(answer), votes[i]!));
  if (blank !== undefined) rows.push(row(say("countsBlank"), blank));
  const [first, second] = [say("countsName"), say("countsVotes")];
  const head = make("tr", {}, make("th", { scope: "col" }, first), make("th", { scope: "col", class: "number" }, second));
  const caption = make("caption", {}, say("countsCaption"));
  const table = make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows));
  return [make("p", { class: "election-name" }, name(about.name)), table, make("p", {}, say("countsPaper"))];
}

function printsOf({ about, urnHash, openedHash, lastHash }: Found, { say }: Words, heading: Heading): readonly HTMLElement[] {
  if (about === undefined) return [];
  const prints: readonly (readonly [Key, string])[] = [
    ["printElection", about.fingerprint],
    ["printUrn", urnHash],
    ...(openedHash === undefined ? [] : [["printOpened", openedHash] as const]),
    ["printLast", lastHash],
  ];
  const list = prints.flatMap(([key, print]) => [make("dt", {}, say(key)), make("dd", {}, code(print))]);
  const title = make(heading, {}, say("printsHeading"));
  return [title, make("p", {}, say("printsLead")), make("dl", { class: "facts" }, ...list)];
}
