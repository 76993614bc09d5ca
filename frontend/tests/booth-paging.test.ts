/** A long ballot paper: its pages, and the search in it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isAlphabetical, letters, matching } from "../booth/finding.ts";
import type { Candidate } from "../booth/offering.ts";
import { layout, pageCount, pageOf } from "../booth/paging.ts";
import { type Turn, beginning, shown, turned } from "../booth/place.ts";
import { reduce } from "../booth/reducer.ts";
import { BEGINNING, type Event, NO_MARKS, type State } from "../booth/state.ts";

const ORDERED = ["Aage Bo", "Anna Å", "Çağla Öztürk", "Đorđe Đukić", "Ülkü Zor", "Ähm Ol", "Åse Ørum", "Aase Vig"];
const DRAWN = ["Åse Ørum Kjær", "Bo Bach", "Çağla Öztürk", "Abdi D’Angelo-Øst", "عبد الله"];

function ballot(names: readonly string[]): readonly Candidate[] {
  return names.map((name, i) => ({ number: i + 1, name, line: null, photo: null }));
}

const found = (names: readonly string[], query: string): string[] => matching(ballot(names), query).map((i) => names[i]!);

test("Pages hold what fits, as many on each as on the others, and never fewer than six", () => {
  const even = (count: number): number[] => Array<number>(count).fill(90);
  assert.deepEqual(layout(even(5), 10, 2, 400), { columns: 1, rows: 5 });
  assert.deepEqual(layout(even(15), 10, 2, 390), { columns: 2, rows: 4 });
  assert.deepEqual(layout(even(96), 10, 2, 390), { columns: 2, rows: 4 });
  assert.deepEqual(layout(even(96), 10, 1, 100), { columns: 1, rows: 6 }, "a screen too low for six is scrolled a little");
  assert.deepEqual(layout(even(10), 10, 1, 890), { columns: 1, rows: 5 }, "nobody stands alone on the last page");
  assert.deepEqual(layout(even(15), 10, 2, 5000), { columns: 2, rows: 8 });
  const oneLong = [...even(11), 300];
  assert.deepEqual(layout(oneLong, 10, 2, 400), { columns: 2, rows: 3 }, "the highest page decides");
  assert.deepEqual([pageCount(96, 8), pageCount(0, 8), pageOf(7, 8), pageOf(8, 8)], [12, 1, 0, 1]);
});

test("The letters to search by are those of the names, filed as on the ballot paper", () => {
  assert.ok(isAlphabetical(ballot(["Anna", "Bo", "Çağla", "Đorđe", "Ülkü", "Zoe", "Ähm", "Ørn", "Aase", "Åse"])));
  assert.ok(!isAlphabetical(ballot(DRAWN)));
  assert.deepEqual(letters(ballot(["Anna Berg", "Bo", "Çağla", "Ülkü", "Ähm", "Aase"])), ["A", "B", "C", "Y", "Æ", "Å"]);
  assert.deepEqual(letters(ballot(DRAWN)), ["A", "B", "C", "D", "K", "Ø", "Å", "ا", "ع"]);
});

test("In the order of the alphabet one letter finds whom it begins", () => {
  const names = ["Anna Berg", "Bo Aagaard", "Carla Bø", "Åse Ørum", "Aase Vig"];
  assert.deepEqual(found(names, "B"), ["Bo Aagaard"]);
  assert.deepEqual(found(names, "å"), ["Åse Ørum", "Aase Vig"]);
  assert.deepEqual(found(names, "Aa"), ["Åse Ørum", "Aase Vig"]);
  assert.deepEqual(found(names, "v"), ["Aase Vig"], "nobody begins with it, so any part of a name does");
  assert.deepEqual(found(names, "be"), ["Anna Berg"]);
});

test("Where a lot drew the order any part of a name is found, by any keyboard", () => {
  assert.deepEqual(found(DRAWN, "ø"), ["Åse Ørum Kjær", "Çağla Öztürk", "Abdi D’Angelo-Øst"]);
  assert.deepEqual(found(DRAWN, "ozt"), ["Çağla Öztürk"]);
  assert.deepEqual(found(DRAWN, "AASE orum"), ["Åse Ørum Kjær"]);
  assert.deepEqual(found(DRAWN, "kjaer"), ["Åse Ørum Kjær"]);
  assert.deepEqual(found(DRAWN, "dang"), ["Abdi D’Angelo-Øst"]);
  assert.deepEqual(found(DRAWN, "الله"), ["عبد الله"]);
  assert.deepEqual(found(DRAWN, "xyz"), []);
  assert.deepEqual(found(DRAWN, " . "), DRAWN);
  assert.deepEqual(found(ORDERED, "(.*)"), ORDERED, "a search is no pattern");
});

test("A number finds its candidate, in the digits of any of our keyboards", () => {
  const many = ballot(Array.from({ length: 96 }, (_, i) => `Navn ${i}`));
  assert.deepEqual(matching(many, "12"), [11]);
  assert.deepEqual(matching(many, "٩"), matching(many, "9"));
  assert.deepEqual(matching(many, "9"), [8, 89, 90, 91, 92, 93, 94, 95]);
  assert.deepEqual(matching(many, "97"), []);
});

test("Turning stays within what is shown, and a search begins at its top and ends where it led", () => {
  const many = ballot(Array.from({ length: 96 }, (_, i) => `${i < 90 ? "Anna" : "Bo"} ${i}`));
  const go = (turns: readonly Turn[], marks = NO_MARKS) => turns.reduce((place, turn) => turned(place, turn, many, marks), beginning(marks));
  assert.deepEqual(go([{ to: "page", first: 200 }]), { first: 95, query: "", isFinding: false });
  assert.equal(go([{ to: "page", first: -8 }]).first, 0);
  const searched = go([{ to: "page", first: 16 }, { to: "finding", isFinding: true }, { to: "query", query: "b", isFinding: true }]);
  assert.deepEqual(searched, { first: 0, query: "b", isFinding: true });
  assert.deepEqual(turned(searched, { to: "all" }, many, NO_MARKS), { first: 90, query: "", isFinding: true });
});

test("The marks that are looked at stay in sight while one is taken back", () => {
  const candidates = ballot(DRAWN);
  const place = turned(beginning(NO_MARKS), { to: "chosen" }, candidates, { chosen: [1, 3], blank: false });
  assert.deepEqual(shown(candidates, place), [1, 3]);
  assert.deepEqual(turned(place, { to: "all" }, candidates, { chosen: [3], blank: false }).first, 1);
  assert.equal(beginning({ chosen: [3, 4], blank: false }).first, 3, "whoever comes back sees her first mark");
});

const SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk";
const MANY = ballot(Array.from({ length: 96 }, (_, i) => `Navn ${i}`));

function play(state: State, ...events: readonly Event[]): State {
  return events.reduce((before, event) => reduce(before, event)[0], state);
}

/** A voter with her ballot paper before her, and so many votes. */
function choosing(most: number): State {
  const offering = { status: "open", rehearsal: false, name: "Valg", municipality: "Køge", most, blank: true, candidates: MANY, recordings: [] } as const;
  const step = { name: "choose", credential: SLIP, marks: NO_MARKS } as const;
  return { ...BEGINNING, offering, step };
}

const mark = (candidate: number, on = true): Event => ({ type: "mark", candidate, on });
const toPage = (first: number): Event => ({ type: "turn", turn: { to: "page", first } });

test("Marks are kept from page to page, and page and search through a change of language", () => {
  const state = play(choosing(3), mark(2), toPage(80), mark(81), { type: "turn", turn: { to: "query", query: "9", isFinding: true } });
  const turned = play(state, { type: "language", language: "en" });
  assert.deepEqual(turned.step, state.step);
  assert.ok(turned.step.name === "choose");
  assert.deepEqual(turned.step.marks, { chosen: [2, 81], blank: false });
  assert.deepEqual(turned.step.place, { first: 0, query: "9", isFinding: true });
});

test("Nothing is chosen by turning and searching, and no page or search makes the tablet do anything", () => {
  const turns: readonly Event[] = [toPage(8), toPage(90), { type: "turn", turn: { to: "query", query: "n", isFinding: false } }, { type: "turn", turn: { to: "all" } }];
  let state = choosing(1);
  for (const event of turns) {
    const [next, command] = reduce(state, event);
    assert.equal(command, undefined);
    state = next;
  }
  assert.ok(state.step.name === "choose");
  assert.deepEqual(state.step.marks, NO_MARKS);
});

test("Who uses fewer votes than she has is asked once, with two ways on; who has used all or votes blank is not", () => {
  const asked = play(choosing(3), mark(40), { type: "review" });
  assert.equal(asked.step.name, "asked");
  const more = play(asked, { type: "change" });
  assert.ok(more.step.name === "choose");
  assert.equal(more.step.place?.first, 0, "she is where she was");
  const [enough, command] = reduce(asked, { type: "review" });
  assert.deepEqual([enough.step.name, command?.type], ["review", "seal"]);
  assert.equal(play(choosing(2), mark(1), mark(2), { type: "review" }).step.name, "review");
  assert.equal(play(choosing(2), { type: "mark_blank", on: true }, { type: "review" }).step.name, "review");
  assert.deepEqual(play(asked, { type: "cast" }), asked, "there is no way round the review");
});

test("Whoever corrects her vote comes back to the page with her mark, and nothing tells afterwards where she looked", () => {
  const reviewed = play(choosing(1), toPage(80), mark(81), { type: "review" });
  assert.ok(!JSON.stringify(reviewed.step).includes("first"));
  const back = play(reviewed, { type: "change" }, mark(82));
  assert.ok(back.step.name === "choose");
  assert.equal(back.step.place?.first, 81);
  assert.deepEqual(back.step.marks.chosen, [82]);
});
