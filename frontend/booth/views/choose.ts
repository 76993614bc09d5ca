/** The ballot paper: the candidates in ballot order, a page of them at a time, and the blank vote by itself at the end. */

import type { Translate } from "../messages/index.ts";
import type { Candidate } from "../offering.ts";
import { LEAST, type Layout, pageCount, pageOf } from "../paging.ts";
import { type Place, type Turn, beginning, shown } from "../place.ts";
import type { Marks, State } from "../state.ts";
import { actions, button, danish, element, paperHead } from "./elements.ts";
import { Finder } from "./finder.ts";
import { arrow } from "./icons.ts";
import { type Kind, Names, markInput, walkByArrows } from "./names.ts";
import { type Context, type Dispatch, type Screen, stepOf } from "./screen.ts";

/** A foot that takes more of the screen than this does not stay in sight: it would hide what it is about. */
const MOST_OF_SCREEN = 1 / 3;

export function chooseScreen(context: Context): Screen {
  return new BallotPaper(context);
}

class BallotPaper implements Screen {
  readonly content: readonly HTMLElement[];
  readonly #t: Translate;
  readonly #dispatch: Dispatch;
  readonly #candidates: readonly Candidate[];
  readonly #most: number;
  readonly #title = element("h2", { id: "leaf", class: "leaf", tabindex: "-1" });
  readonly #names: Names;
  readonly #blank: HTMLInputElement;
  readonly #finder: Finder;
  readonly #paper: HTMLFieldSetElement;
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #position = element("span", { class: "position" });
  readonly #pager: HTMLElement;
  readonly #count = element("p", { role: "status", class: "count" });
  readonly #chosen = element("p", { class: "chosen" });
  readonly #showChosen: HTMLButtonElement;
  readonly #showAll: HTMLButtonElement;
  readonly #foot: HTMLElement;
  readonly #whole: HTMLElement;
  #layout: Layout = { columns: 1, rows: LEAST };
  #fittedTo = "";
  #shown: State | undefined;

  constructor({ state, t, dispatch }: Context) {
    const { most = 1, blank = false, candidates = [] } = state.offering ?? {};
    const kind: Kind = most === 1 ? "radio" : "checkbox";
    this.#t = t;
    this.#dispatch = dispatch;
    this.#candidates = candidates;
    this.#most = most;
    this.#names = new Names(candidates, kind, (candidate, on) => dispatch({ type: "mark", candidate, on }));
    this.#blank = markInput(kind, "vote-blank", (on) => dispatch({ type: "mark_blank", on }));
    this.#finder = new Finder(candidates, t, this.#follow, this.#turn);
    this.#paper = element("fieldset", { "aria-labelledby": "leaf" }, this.#names.list, ...(blank ? [this.#blankRow()] : []));
    walkByArrows(this.#paper);
    this.#previous = button("", () => this.#follow({ to: "page", first: this.#first - this.#perPage }));
    this.#previous.append(arrow("back"), element("span", {}, t("ballot.previous")));
    this.#next = button("", () => this.#follow({ to: "page", first: this.#first + this.#perPage }));
    this.#next.append(element("span", {}, t("ballot.next")), arrow("onward"));
    this.#pager = element("div", { role: "group", class: "pager", "aria-label": t("ballot.pages") }, this.#previous, this.#position, this.#next);
    this.#showChosen = button(t("ballot.showChosen"), () => this.#follow({ to: "chosen" }));
    this.#showAll = button(t("ballot.showAll"), () => this.#follow({ to: "all" }));
    const done = button(t("ballot.continue"), () => dispatch({ type: "review" }), "primary");
    const tally = element("div", { class: "tally" }, element("div", {}, this.#count, this.#chosen), this.#showChosen);
    this.#foot = element("div", { class: "foot" }, this.#pager, element("div", { class: "way-on" }, tally, done));
    const rule = t("ballot.rule", { most });
    const looking = element("div", { class: "looking" }, this.#finder.opener, this.#showAll);
    const head = paperHead(t("ballot.title"), blank ? `${rule} ${t("ballot.blankToo")}` : rule, looking);
    this.#whole = element("div", { class: "paper" }, head, this.#finder.section, this.#title, this.#paper, this.#foot);
    this.content = [this.#whole, actions(button(t("ballot.cancel"), () => dispatch({ type: "clear" })))];
    window.addEventListener("resize", this.#refit);
    // The letters that come late may be wider; once they are there, nothing is measured twice.
    if (document.fonts.status === "loading") void document.fonts.ready.then(this.#refit);
  }

  leave(): void {
    window.removeEventListener("resize", this.#refit);
    this.#shown = undefined;
  }

  update(state: State): void {
    const step = stepOf(state, "choose");
    if (step === undefined) return;
    this.#shown = state;
    const { marks, place = beginning(marks) } = step;
    this.#finder.show(place);
    this.#say(marks);
    this.#show(place, marks);
    if (this.#fittedTo === state.preferences.size) return;
    this.#fit(state.preferences.size);
    this.#show(place, marks);
  }

  get #perPage(): number {
    return this.#layout.columns * this.#layout.rows;
  }

  /** The first place of the page that is shown. */
  get #first(): number {
    const step = this.#shown && stepOf(this.#shown, "choose");
    if (step === undefined) return 0;
    const { marks, place = beginning(marks) } = step;
    return pageOf(place.first, this.#perPage) * this.#perPage;
  }

  readonly #turn = (turn: Turn): void => this.#dispatch({ type: "turn", turn });

  /** What she asked to see is what she hears, and goes on from. */
  readonly #follow = (turn: Turn): void => {
    this.#turn(turn);
    this.#title.focus({ preventScroll: true });
    const isCut = this.#paper.getBoundingClientRect().bottom > this.#foot.getBoundingClientRect().top + 1;
    if (isCut || this.#title.getBoundingClientRect().top < 0) this.#title.scrollIntoView();
  };

  readonly #refit = (): void => {
    if (this.#shown === undefined) return;
    this.#fittedTo = "";
    this.update(this.#shown);
  };

  #fit(size: string): void {
    const isLong = this.#candidates.length > LEAST;
    this.#pager.hidden = this.#finder.opener.hidden = !isLong;
    this.#showAll.hidden = true;
    // Measured as it is with marks, so that the first mark moves nothing.
    this.#showChosen.hidden = this.#chosen.hidden = !isLong;
    this.#foot.classList.remove("loose");
    this.#whole.style.setProperty("--above", `${this.#whole.getBoundingClientRect().top + window.scrollY}px`);
    let foot: number | undefined;
    this.#layout = this.#names.fit(() => {
      foot = this.#foot.offsetHeight;
      return this.#room(foot);
    });
    this.#foot.classList.toggle("loose", (foot ?? this.#foot.offsetHeight) > MOST_OF_SCREEN * window.innerHeight);
    this.#fittedTo = size;
  }

  /** What the screen has left for names when all else of the ballot paper is in sight, in pixels. */
  #room(footHeight: number): number {
    const list = this.#names.list.getBoundingClientRect();
    const top = list.top + window.scrollY - this.#finder.section.offsetHeight;
    const blank = this.#paper.getBoundingClientRect().bottom - list.bottom;
    const foot = getComputedStyle(this.#foot).position === "sticky" ? footHeight : 0;
    return window.innerHeight - top - blank - foot;
  }

  #show(place: Place, { chosen }: Marks): void {
    const places = shown(this.#candidates, place);
    const pages = pageCount(places.length, this.#perPage);
    const page = pageOf(place.first, this.#perPage);
    const isLong = this.#candidates.length > this.#perPage;
    this.#names.show(places, page * this.#perPage, this.#layout, chosen);
    this.#title.replaceChildren(...this.#titleOf(place, places.length, page, pages));
    this.#title.classList.toggle("unseen", !isLong);
    this.#position.textContent = this.#t("ballot.page", { page: page + 1, pages });
    this.#previous.disabled = page === 0;
    this.#next.disabled = page === pages - 1;
    this.#pager.hidden = pages === 1;
    this.#finder.opener.hidden = !isLong;
    this.#showAll.hidden = place.only === undefined && place.query === "";
    this.#showChosen.hidden = !isLong || chosen.length === 0 || place.only !== undefined;
    this.#chosen.hidden = !isLong || chosen.length === 0;
  }

  #titleOf({ query, only }: Place, count: number, page: number, pages: number): readonly (Node | string)[] {
    const t = this.#t;
    const isAll = only === undefined && query === "";
    const what = only ? t("ballot.chosenTitle") : isAll ? t("ballot.candidates") : t("ballot.found", { count, query });
    if (pages === 1) return [what];
    const from = page * this.#perPage;
    const range = t("ballot.range", { from: from + 1, to: Math.min(count, from + this.#perPage), count });
    return [element("span", {}, t("ballot.page", { page: page + 1, pages })), element("span", { class: "range" }, isAll ? range : what)];
  }

  /** How many she has chosen, and whom: also where their page is not the one she looks at. */
  #say({ chosen, blank }: Marks): void {
    const t = this.#t;
    this.#blank.checked = blank;
    const count = blank ? t("ballot.blankChosen") : t("ballot.chosenOf", { chosen: chosen.length, most: this.#most });
    // Told only when it is news, not at each turn of a page.
    if (this.#count.textContent !== count) this.#count.textContent = count;
    const names = chosen.map((i) => element("span", {}, `${i + 1}. `, danish(this.#candidates[i]?.name ?? "")));
    this.#chosen.replaceChildren(...names.flatMap((name, i) => (i === 0 ? [name] : [" · ", name])));
  }

  #blankRow(): HTMLLabelElement {
    const words = element(
      "span",
      { class: "who" },
      element("span", { class: "name" }, this.#t("ballot.blank")),
      " ",
      element("span", { class: "line" }, this.#t("ballot.blankMeaning")),
    );
    return element("label", { class: "choice blank" }, this.#blank, words);
  }
}
