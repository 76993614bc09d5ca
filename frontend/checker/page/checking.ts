/** "Check a tablet": first its check code, then what it opened, and last whose vote that was. */

import { type Checked, type Finding, type OwnElection, type Pool, Refusal, findBallot, kindOf, readOwnElection } from "../index.ts";
import { type Heading, button, code, focus, make, name } from "./elements.ts";
import type { CheckKey, Words } from "./messages.ts";
import type { Source } from "./sources.ts";

/** Where the check code is kept until the second code comes: a phone's camera may open the page anew for each. */
export interface Memory {
  readonly read: () => string | undefined;
  readonly keep: (commitment: string | undefined) => void;
}

const FINDINGS: Readonly<Record<Finding | "late", CheckKey>> = {
  late: "findingLate",
  unreadable: "findingUnreadable",
  other_election: "findingOtherElection",
  credential: "findingCredential",
  marks: "findingMarks",
  signature: "findingSignature",
  commitment: "findingCommitment",
};

export class CheckPart {
  readonly element: HTMLElement;
  /** Whoever has a camera puts it in here, and hands what it reads to `feed`. */
  readonly camera: HTMLElement;
  readonly #words: Words<CheckKey>;
  readonly #heading: Heading;
  readonly #memory: Memory;
  readonly #begin: () => Promise<Pool>;
  #pool: Promise<Pool> | undefined;
  readonly #election: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #entry: HTMLElement;
  readonly #wrong: HTMLElement;
  #source: Source | undefined;
  #own: Promise<OwnElection | undefined> | undefined;
  #commitment: string | undefined;
  #isDone = false;

  constructor(words: Words<CheckKey>, begin: () => Promise<Pool>, memory: Memory, heading: Heading) {
    this.#words = words;
    this.#heading = heading;
    this.#begin = begin;
    this.#memory = memory;
    const { say } = words;
    this.#election = make("div", {}, make("p", { class: "warning" }, say("checkNoElection")));
    this.#stage = make("div", {});
    this.#wrong = make("p", { class: "error", role: "alert" });
    this.camera = make("div", {});
    this.#entry = make("div", {}, this.camera, this.#textField());
    this.element = make("div", {}, make("p", {}, say("checkLead")), this.#election, this.#stage, this.#entry);
    this.#commitment = memory.read();
    this.#showStep();
  }

  /** Take this archive's set-up for our own copy of the election. */
  async know(source: Source): Promise<void> {
    const { say } = this.#words;
    this.#source = source;
    this.#election.replaceChildren(make("p", {}, say("checkLoading")));
    const own = this.#read(source);
    this.#own = own.catch(() => undefined);
    try {
      const { about } = await own;
      this.#election.replaceChildren(
        make("p", {}, say("checkOwn"), " ", make("strong", {}, name(about.name))),
        make("p", {}, say("checkPrint"), " ", code(about.fingerprint)),
      );
    } catch {
      this.#election.replaceChildren(make("p", { class: "bad" }, say("checkNoElection")));
    }
  }

  async #read(source: Source): Promise<OwnElection> {
    const pool = await this.#ready();
    const { stream } = await source(new AbortController().signal);
    return readOwnElection(stream, pool);
  }

  /** Begun with the page and kept: begun with a check, it would ask the house for its program at that very moment. */
  #ready(): Promise<Pool> {
    this.#pool ??= this.#begin();
    return this.#pool;
  }

  /** Let go of what works for this part, which is used no more. */
  stop(): void {
    void this.#pool?.then((pool) => pool.stop());
    this.#pool = undefined;
  }

  /** Take a text that was scanned or typed. */
  feed(text: string): void {
    if (this.#isDone) return;
    const { kind, code: read } = kindOf(text);
    this.#wrong.textContent = kind === "neither" ? this.#words.say("checkNeither") : "";
    if (kind === "commitment") this.#bind(read);
    if (kind === "opening") void this.#open(read);
  }

  /**
   * The first code binds the tablet. Another one is never taken for it by itself: where an opening is due a tablet could
   * show the code of a second ballot, and then the opening of that one.
   */
  #bind(read: string): void {
    const first = this.#commitment;
    if (first !== undefined && first !== read) return this.#askAbout(first, read);
    this.#commitment = read;
    this.#memory.keep(read);
    focus(this.#showStep());
  }

  #askAbout(first: string, other: string): void {
    const { say } = this.#words;
    const asked = make("p", { class: "warning" }, make("strong", {}, say("checkOther")));
    const codes = [make("p", {}, say("checkAlarmCode"), " ", code(first)), make("p", {}, say("checkOtherCode"), " ", code(other))];
    this.#stage.replaceChildren(asked, ...codes, this.#restart());
    focus(asked);
  }

  async #open(opening: string): Promise<void> {
    const commitment = this.#commitment;
    if (commitment === undefined) return this.#end(this.#alarm("late"));
    const { say } = this.#words;
    this.#stage.replaceChildren(make("p", { role: "status" }, say("checkWorking")));
    // Another code meanwhile, and a new beginning, would be told the finding about this one.
    this.#isDone = true;
    try {
      this.#end(this.#finding(await this.#check(commitment, opening), commitment));
    } catch (error) {
      // Nothing was found out, so the codes still stand: the opening can be read once more.
      this.#isDone = false;
      if (!(error instanceof Refusal)) this.stop();
      this.#showStep();
      this.#wrong.textContent = say(error instanceof Refusal ? "checkNoElection" : "broke");
    }
  }

  async #check(commitment: string, opening: string): Promise<Checked> {
    const own = await this.#own;
    if (own === undefined) throw new Refusal("notArchive");
    const pool = await this.#ready();
    return pool.ask("challenge", { election: own.source, slips: own.slips, commitment, opening });
  }

  #showStep(): HTMLElement {
    const { say } = this.#words;
    if (this.#commitment === undefined) {
      const first = make(this.#heading, {}, say("checkFirst"));
      this.#stage.replaceChildren(first);
      return first;
    }
    const second = make(this.#heading, {}, say("checkSecond"));
    const read = make("p", { class: "good" }, say("checkCommitted"), " ", code(this.#commitment));
    this.#stage.replaceChildren(read, second, this.#restart());
    return read;
  }

  #finding(checked: Checked, commitment: string): HTMLElement {
    if (checked.kind === "alarm") return this.#alarm(checked.finding, commitment);
    const { say } = this.#words;
    const { blank, names } = checked;
    const words = blank ? "checkHoldsBlank" : names.length === 0 ? "checkHoldsNobody" : "checkHolds";
    const list = make("ul", { class: "sealed-names" }, ...names.map((one) => make("li", {}, make("strong", {}, name(one)))));
    return make(
      "div",
      {},
      make("p", { class: "notice verdict" }, say(words)),
      ...(names.length === 0 ? [] : [list]),
      make("p", {}, make("strong", {}, say("checkAsk"))),
      make("p", {}, say("checkAgain")),
      make("p", {}, say("checkAlarmCode"), " ", code(commitment)),
      this.#whereabouts(commitment),
    );
  }

  /** Once the poll is closed: whether the opened ballot lies in the urn, as a house that cheats might have it. */
  #whereabouts(commitment: string): HTMLElement {
    const { say } = this.#words;
    const place = make("div", { role: "status" }, make("p", {}, say("checkLooking")));
    const look = async (): Promise<HTMLElement | undefined> => {
      // Nothing is fetched while votes are cast: the house need not learn from it that a ballot was opened just now.
      if ((await this.#own)?.hasUrn !== true) return undefined;
      const { stream } = await this.#source!(new AbortController().signal);
      const found = await findBallot(stream, commitment);
      if (found === "open") return undefined;
      if (found === "absent") return make("p", { class: "good" }, say("checkAbsent"));
      return make("p", { class: "bad verdict" }, make("strong", {}, say("checkAlarm")), " – ", say("checkCast"));
    };
    const unread = (): HTMLElement => make("p", { class: "warning" }, say("unreachable"));
    void look().catch(unread).then((said) => place.replaceChildren(...(said ? [said] : [])));
    return place;
  }

  #alarm(finding: Finding | "late", commitment?: string): HTMLElement {
    const { say } = this.#words;
    const what = make("p", { class: "bad verdict" }, make("strong", {}, say("checkAlarm")), " – ", say(FINDINGS[finding]));
    const read = commitment === undefined ? [] : [make("p", {}, say("checkAlarmCode"), " ", code(commitment))];
    const next = finding === "late" ? [] : [make("p", {}, say("checkAlarmNext"))];
    return make("div", {}, what, ...read, ...next);
  }

  #end(shown: HTMLElement): void {
    this.#isDone = true;
    this.#memory.keep(undefined);
    this.#entry.hidden = true;
    this.#stage.replaceChildren(shown, this.#restart());
    focus(shown.firstElementChild as HTMLElement);
  }

  #restart(): HTMLElement {
    return make(
      "p",
      { class: "actions" },
      button(this.#words.say("checkRestart"), "second", () => {
        this.#isDone = false;
        this.#commitment = undefined;
        this.#memory.keep(undefined);
        this.#entry.hidden = false;
        focus(this.#showStep());
      }),
    );
  }

  #textField(): HTMLElement {
    const { say } = this.#words;
    const look = { class: "code", dir: "ltr", rows: "2", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };
    const field = make("textarea", { id: "code-text", maxlength: "6000", "aria-describedby": "code-text-hint", ...look });
    const use = button(say("checkUse"), "second", () => {
      const text = field.value;
      field.value = "";
      this.feed(text);
    });
    const hint = make("p", { class: "hint", id: "code-text-hint" }, say("checkTextHint"));
    const label = make("label", { for: field.id }, say("checkText"));
    return make("div", { class: "field" }, label, hint, this.#wrong, field, make("p", { class: "actions" }, use));
  }
}
