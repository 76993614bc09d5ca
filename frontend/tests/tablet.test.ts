import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { leadsAway } from "../booth/kiosk/guard.ts";
import { isAtRest } from "../booth/kiosk/rest.ts";
import { reduce } from "../booth/reducer.ts";
import { BEGINNING, type Event, type State, type Step } from "../booth/state.ts";
import { type Keeping, Keeper, LOOK_MS } from "../booth/worker/keeper.ts";
import { type Means, type Shell, keepAll, keepNothingElse, keptCode, openPage, wayOf } from "../shell/keeping.ts";
import { read } from "./vectors.ts";

const VOTING = { credential: "4hsnJ-qpRGdg-JQzwf-bjfSRk", marks: { chosen: [1], blank: false } };
const SEALED = { text: "{}", tracker: "tracker" };

const at = (step: Step, changes: Partial<State> = {}): State => ({ ...BEGINNING, step, ...changes });
const after = (state: State, event: Event): State => reduce(state, event)[0];

test("A house that does not answer changes nothing but what is said of it, and a new voter is told too", () => {
  const choosing = at({ name: "choose", ...VOTING });
  const cut = after(choosing, { type: "link", link: "down" });
  assert.deepEqual(cut, { ...choosing, link: "down" });
  assert.equal(after(cut, { type: "link", link: "down" }), cut, "nothing is drawn anew for what is known");
  assert.equal(after(cut, { type: "clear" }).link, "down");
  assert.equal(after(cut, { type: "link", link: "up" }).link, "up");
});

test("A page that goes out of sight shows no vote when it is seen again, and loses no receipt", () => {
  const showing: readonly Step[] = [
    { name: "choose", ...VOTING },
    { name: "start", asking: VOTING.credential },
    { name: "refused", problem: "failed" },
  ];
  for (const step of showing) {
    const seen = after(at(step, { language: "ar" }), { type: "hidden" });
    assert.equal(JSON.stringify(seen).includes(VOTING.credential), false);
    assert.deepEqual([seen.step.name, seen.language, seen.visit], ["loading", "da", 1]);
  }
  const staying: readonly Step[] = [
    { name: "sending", sealed: SEALED },
    { name: "unreachable", sealed: SEALED },
    { name: "spoilt" },
    { name: "receipt", code: "tracker" },
    { name: "alarm", expected: "a", received: "b" },
  ];
  for (const step of staying) assert.deepEqual(after(at(step), { type: "hidden" }).step, step);
});

test("What time would have cleared is gone when a tablet wakes whose clock stood still", () => {
  const receipt = at({ name: "receipt", code: "tracker" });
  const paper = at({ name: "paper", marks: VOTING.marks, sealed: SEALED });
  for (const state of [receipt, paper]) {
    assert.equal(after(state, { type: "hidden" }), state);
    assert.equal(after(state, { type: "seen", after: 10_000 }), state);
    const later = after(state, { type: "seen", after: 3_600_000 });
    assert.deepEqual([later.step.name, later.visit], ["loading", 1]);
  }
  const alarm = at({ name: "alarm", expected: "a", received: "b" });
  assert.equal(after(alarm, { type: "seen", after: 3_600_000 }), alarm);
});

test("A tablet is at rest only while nobody has begun anything on it", () => {
  assert.equal(isAtRest(at({ name: "language" })), true);
  assert.equal(isAtRest(at({ name: "notice", problem: "closed" })), true);
  assert.equal(isAtRest(at({ name: "language" }, { panel: "settings" })), false);
  assert.equal(isAtRest(at({ name: "language" }, { preferences: { ...BEGINNING.preferences, size: "large" } })), false);
  for (const step of [{ name: "start" }, { name: "choose", ...VOTING }, { name: "sending", sealed: SEALED }] as const) {
    assert.equal(isAtRest(at(step)), false);
  }
});

test("Keys that lead away do nothing, and those that make the page larger do", () => {
  const key = (code: string, held: Partial<KeyboardEvent> = {}): Parameters<typeof leadsAway>[0] => ({ code, ctrlKey: false, metaKey: false, altKey: false, ...held });
  const away = [key("KeyP", { ctrlKey: true }), key("KeyW", { ctrlKey: true }), key("KeyS", { metaKey: true }), key("ArrowLeft", { altKey: true }), key("ArrowLeft", { metaKey: true }), key("BrowserBack"), key("F1")];
  assert.deepEqual(away.map(leadsAway), away.map(() => true));
  const free = [key("Equal", { ctrlKey: true }), key("Minus", { metaKey: true }), key("Digit0", { ctrlKey: true }), key("ArrowLeft"), key("KeyP"), key("Tab", { altKey: true })];
  assert.deepEqual(free.map(leadsAway), free.map(() => false));
});

const ORIGIN = "https://valg.example";
const FILES = { "/valg/": "<main>", "/static/bundle/booth.js": "vote()" };
const SHELL: Shell = {
  cache: "valg 1",
  page: "/valg/",
  files: Object.fromEntries(Object.entries(FILES).map(([address, text]) => [address, sha256(text)])),
};

function sha256(content: string | ArrayBuffer): string {
  return createHash("sha256").update(typeof content === "string" ? content : new Uint8Array(content)).digest("hex");
}

/** A browser's caches as one map, and a house that serves these answers. */
function surroundings(house: (address: string) => Response | Error): { means: Means; kept: Map<string, Response>; asked: string[] } {
  const kept = new Map<string, Response>();
  const asked: string[] = [];
  const cache = {
    put: async (address: string, answer: Response) => void kept.set(address, answer),
    match: async (address: string) => kept.get(address)?.clone(),
  } as unknown as Cache;
  const caches = { open: async () => cache, delete: async () => (kept.clear(), true), keys: async () => ["valg 1"] };
  const fetch = async (address: string): Promise<Response> => {
    asked.push(address);
    const answer = house(address);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { means: { caches, fetch, sha256: async (bytes) => sha256(bytes) }, kept, asked };
}

test("Only the page and its own files are answered from what is kept, and nothing of an election or a vote", () => {
  const way = (path: string, changes: Partial<Request> = {}): string =>
    wayOf(SHELL, { method: "GET", mode: "cors", destination: "", url: ORIGIN + path, ...changes });
  const navigate = { mode: "navigate", destination: "document" } as const;
  assert.equal(way("/valg/", navigate), "page");
  assert.equal(way("/static/bundle/booth.js"), "file");
  const others: readonly [string, Partial<Request>?][] = [
    ["/valg/election.json"],
    ["/valg/alive.json"],
    ["/valg/ballots", { method: "POST" }],
    ["/static/bundle/booth.js", { method: "POST" }],
    ["/static/bundle/booth.js?v=2"],
    ["/valg/photos/1.jpg"],
    ["/valg/shell.js"],
    ["/valg/"],
    ["/valg/", { mode: "navigate", destination: "iframe" as RequestDestination }],
    ["/join", navigate],
    ["/constructor"],
  ];
  for (const [path, changes] of others) assert.equal(way(path, changes), "network", path);
});

test("A file that is not the announced one makes the tablet keep nothing at all", async () => {
  const honest = surroundings((address) => new Response(FILES[address as keyof typeof FILES], { headers: { "content-encoding": "br" } }));
  await keepAll(SHELL, honest.means);
  assert.deepEqual([...honest.kept.keys()], Object.keys(FILES));
  assert.equal(honest.kept.get("/valg/")?.headers.has("content-encoding"), false);
  for (const wrong of [new Response("cast(another)"), new Response("vote()", { status: 203 }), new Error("cable")]) {
    const house = surroundings((address) => (address === "/valg/" ? new Response("<main>") : wrong));
    await assert.rejects(keepAll(SHELL, house.means));
    assert.equal(house.kept.size, 0);
  }
});

test("The hash of what is kept is that of the files themselves, as the house and whoever builds them compute it", async () => {
  const { files, sha256: said } = JSON.parse(read("kept", "files.json")) as { files: Record<string, string>; sha256: string };
  const address = (name: string): string => `/static/${name}`;
  const { means, kept } = surroundings(() => new Error("nothing is asked for"));
  for (const name of Object.keys(files).reverse()) kept.set(address(name), new Response(files[name]));
  kept.set("/valg/", new Response("<main>Stemmeboks 3</main>"));
  const shell: Shell = { ...SHELL, files: Object.fromEntries([...kept.keys()].map((one) => [one, "what the list says"])) };
  assert.equal(await keptCode(shell, means), said);
  kept.set(address("bundle/booth.js"), new Response("vote( )"));
  assert.notEqual(await keptCode(shell, means), said, "the list is not believed");
  kept.delete(address("bundle/booth.js"));
  assert.equal(await keptCode(shell, means), undefined, "what is not whole has no hash");
});

test("What the house refuses is refused; where it says nothing or is in trouble the kept page stays", async () => {
  const opened = async (house: Response | Error): Promise<[number, string]> => {
    const { means, kept } = surroundings(() => house);
    kept.set("/valg/", new Response("kept"));
    const answer = await openPage(SHELL, means);
    return [answer.status, await answer.text()];
  };
  assert.deepEqual(await opened(new Response("no device", { status: 403 })), [403, "no device"]);
  assert.deepEqual(await opened(new Response("no election", { status: 404 })), [404, "no election"]);
  assert.deepEqual(await opened(new Response("newer")), [200, "kept"]);
  assert.deepEqual(await opened(new Response("busy", { status: 503 })), [200, "kept"]);
  assert.deepEqual(await opened(new Error("cable")), [200, "kept"]);
  const { means, asked } = surroundings(() => new Response("fresh"));
  assert.equal(await (await openPage(SHELL, means)).text(), "fresh", "what the browser has thrown away is fetched");
  assert.deepEqual(asked, ["/valg/"]);
});

test("Caches of another program or another election are let go", async () => {
  const gone: string[] = [];
  const { means } = surroundings(() => new Error("nothing is fetched"));
  const caches = { ...means.caches, keys: async () => ["valg 0", "valg 1", "andet 1"], delete: async (name: string) => gone.push(name) > 0 };
  await keepNothingElse(SHELL, { ...means, caches });
  assert.deepEqual(gone, ["valg 0", "andet 1"]);
});

/** A browser's service workers, of which each `register` finds one election's in the state that a test gives it. */
function browserWith(registration: object, others: readonly object[] = []): ServiceWorkerContainer {
  return Object.assign(new EventTarget(), {
    controller: {},
    register: async () => registration,
    getRegistration: async () => registration,
    getRegistrations: async () => [registration, ...others],
  }) as unknown as ServiceWorkerContainer;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("A new program takes over when nobody votes, once, and the page is opened anew in it", async () => {
  const did: string[] = [];
  const waiting = Object.assign(new EventTarget(), { postMessage: (text: string) => did.push(text) });
  const registration = Object.assign(new EventTarget(), { scope: "/valg/", active: {}, installing: null, waiting, update: async () => did.push("look") });
  const other = { scope: "/andet/", unregister: async () => did.push("forget") };
  const container = browserWith(registration, [other]);
  let clock: (() => void) | undefined;
  const told: Keeping[] = [];
  const keeper = new Keeper("/valg/", {
    container,
    every: (after, act) => (assert.equal(after, LOOK_MS), (clock = act), () => {}),
    freeze: () => did.push("freeze"),
    reload: () => did.push("reload"),
    tell: (keeping) => told.push(keeping),
  });
  keeper.start();
  await settled();
  assert.deepEqual(did.splice(0), ["forget"], "somebody is voting");
  assert.equal(told.at(-1), "kept");
  keeper.rest(true);
  keeper.rest(true);
  assert.deepEqual(did.splice(0), ["freeze", "take over"]);
  keeper.rest(false);
  container.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual(did, [], "she was quicker, and is let finish");
  keeper.rest(true);
  assert.deepEqual(did.splice(0), ["reload"]);
  clock?.();
  await settled();
  assert.equal(did[0], "look");
});

test("Where the browser keeps nothing, in clear or without trust, that is told and nothing is tried", async () => {
  const told: Keeping[] = [];
  const ground = { every: () => () => {}, freeze: () => assert.fail(), reload: () => assert.fail(), tell: (keeping: Keeping) => void told.push(keeping) };
  new Keeper("/valg/", { ...ground, container: undefined }).start();
  const untrusted = Object.assign(browserWith({}), { register: async () => Promise.reject(new Error("certificate")), getRegistration: async () => undefined });
  new Keeper("/valg/", { ...ground, container: untrusted }).start();
  await settled();
  assert.deepEqual(told, ["not_kept", "not_kept"]);
});
