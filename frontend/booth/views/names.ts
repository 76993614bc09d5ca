/** The names of the ballot paper, one line with one mark for each. All are in the page, and those of one of its leaves are shown. */

import type { Candidate } from "../offering.ts";
import { LEAST, type Layout, layout } from "../paging.ts";
import { danish, element } from "./elements.ts";
import { portrait } from "./portrait.ts";

export type Kind = "radio" | "checkbox";

/** A mark that Tab reaches and Enter sets, for whoever has no other key. */
export function markInput(kind: Kind, name: string, change: (on: boolean) => void): HTMLInputElement {
  // Each has a group of its own: which of them are set is the reducer's, and with one in common a mark on another page
  // would keep Tab from all of this one.
  const made = element("input", { type: kind, name, autocomplete: "off" });
  made.addEventListener("change", () => change(made.checked));
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    made.click();
  });
  return made;
}

/** Let the arrows go from one mark that is seen to the next, as within a group of radio buttons, but without setting it. */
export function walkByArrows(around: HTMLElement): void {
  around.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const seen = [...around.querySelectorAll("input")].filter((input) => input.offsetParent !== null);
    seen[seen.indexOf(event.target) + step]?.focus();
  });
}

export class Names {
  readonly list = element("ul", { class: "ballot", role: "list" });
  readonly #kind: Kind;
  readonly #marks: readonly HTMLInputElement[];
  readonly #rows: readonly HTMLLIElement[];

  constructor(candidates: readonly Candidate[], kind: Kind, change: (candidate: number, on: boolean) => void) {
    this.#kind = kind;
    this.#marks = candidates.map((_, i) => markInput(kind, `vote-${i}`, (on) => change(i, on)));
    this.#rows = candidates.map((candidate, i) => row(candidate, this.#marks[i]!));
    this.list.append(...this.#rows);
  }

  /**
   * How the names are laid out in a room of this height, in pixels, which is asked for while all of them stand in the page:
   * everything is read of one layout, for each costs a slow tablet a tenth of a second.
   */
  fit(room: () => number): Layout {
    if (this.#rows.length <= LEAST) return layout(this.#rows.map(() => 0), 0, 1, 0);
    for (const line of this.#rows) line.hidden = false;
    this.list.classList.add("measured");
    const { gridTemplateColumns, rowGap } = getComputedStyle(this.list);
    const heights = this.#rows.map((line) => line.offsetHeight);
    const height = room();
    this.list.classList.remove("measured");
    return layout(heights, Number.parseFloat(rowGap) || 0, gridTemplateColumns.split(" ").length, height);
  }

  /** Show some of all `places` that are to be seen, and which are chosen. */
  show(places: readonly number[], from: number, { columns, rows }: Layout, chosen: readonly number[]): void {
    const leaf = places.slice(from, from + columns * rows);
    this.list.style.setProperty("--columns", String(columns));
    this.list.style.setProperty("--rows", String(Math.min(rows, Math.max(1, leaf.length))));
    this.#rows.forEach((line, i) => {
      line.hidden = !leaf.includes(i);
      this.#marks[i]!.checked = chosen.includes(i);
    });
    leaf.forEach((place, i) => {
      // A voice says where on the whole ballot paper a name is; a checkbox has no place of its own.
      for (const one of this.#kind === "radio" ? [this.#rows[place]!, this.#marks[place]!] : [this.#rows[place]!]) {
        one.setAttribute("aria-posinset", String(from + i + 1));
        one.setAttribute("aria-setsize", String(places.length));
      }
    });
  }
}

function row(candidate: Candidate, mark: HTMLInputElement): HTMLLIElement {
  const { number, name, line } = candidate;
  const words = element("span", { class: "who" }, danish(name, "name"));
  if (line) words.append(" ", danish(line, "line"));
  const place = element("span", { class: "number" }, `${number}.`);
  return element("li", {}, element("label", { class: "choice" }, mark, place, " ", ...portrait(candidate), words));
}
