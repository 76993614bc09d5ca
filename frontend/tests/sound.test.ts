import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { reduce } from "../booth/reducer.ts";
import { cut } from "../booth/sound/cutting.ts";
import { Library, fetchFrom } from "../booth/sound/library.ts";
import { type Recording, UnfitPack, readPack, readRecordings } from "../booth/sound/pack.ts";
import { BEGINNING } from "../booth/state.ts";

type Row = readonly [key: string, text: string, start: number, length: number];

function pack(language: string, rows: readonly Row[], sounds = "abcdef"): { bytes: Uint8Array<ArrayBuffer>; recording: Recording } {
  const index = new TextEncoder().encode(JSON.stringify(rows));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, index.length);
  const bytes = new Uint8Array([...length, ...index, ...new TextEncoder().encode(sounds)]);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, recording: { language, sha256, size: bytes.length } };
}

const DANISH = pack("da", [["ballot.title", "Sæt dit kryds", 0, 2], ["number.1", "1", 2, 1]]);
const ARABIC = pack("ar", [["ballot.title", "ضع علامتك", 0, 2]]);
const NAMES = pack("names", [["name.1", "Åse Ørum", 0, 3]]);
const ALL = [DANISH, ARABIC, NAMES];
const RECORDINGS = ALL.map(({ recording }) => recording);

test("A pack is read by its texts, and a changed one is refused", async () => {
  const read = readPack(DANISH.bytes, DANISH.recording);
  assert.equal(read.get("Sæt dit kryds")?.key, "ballot.title");
  assert.equal(await read.get("1")?.sound.text(), "c");
  for (const place of [5, DANISH.bytes.length - 1]) {
    const changed = DANISH.bytes.slice();
    changed[place]! ^= 1;
    assert.throws(() => readPack(changed, DANISH.recording), UnfitPack);
  }
  assert.throws(() => readPack(DANISH.bytes, { ...DANISH.recording, size: 1 }), UnfitPack);
});

test("What the election says of recordings is read where it can be, and a tablet votes without the rest", () => {
  assert.deepEqual(readRecordings(JSON.parse(JSON.stringify(RECORDINGS))), RECORDINGS);
  assert.deepEqual(readRecordings([{ language: "da", sha256: "../slip", size: 3 }, { language: 1 }, { ...RECORDINGS[0], size: 1e9 }]), []);
  for (const none of [undefined, null, "da", 7]) assert.deepEqual(readRecordings(none), []);
});

test("A text is cut into the longest phrases that are recorded, and what is not is told", () => {
  const said = new Set(["Side", "2", "12", "af", "Hjælp:", "Tryk på Fortsæt.", "Tryk", "Åse Ørum", "bager"]);
  const keys = (text: string): unknown => cut(text, (part) => (said.has(part) ? part : undefined));
  assert.deepEqual(keys("Side 2 af 12"), { clips: ["Side", "2", "af", "12"], unsaid: [] });
  assert.deepEqual(keys("Hjælp:  Tryk på Fortsæt."), { clips: ["Hjælp:", "Tryk på Fortsæt."], unsaid: [] });
  assert.deepEqual(keys("12. \u2068Åse Ørum\u2069 (bager)"), { clips: ["12", "Åse Ørum", "bager"], unsaid: [] });
  assert.deepEqual(keys("Tryk nu, Sider 21"), { clips: ["Tryk"], unsaid: ["nu", "Sider", "21"] });
});

test("Every pack is fetched at once and whole, and a language is heard when it and the names have come", async () => {
  const asked: string[] = [];
  const heard: (readonly string[])[] = [];
  const library = new Library(
    async ({ sha256, language }) => {
      asked.push(language);
      return ALL.find(({ recording }) => recording.sha256 === sha256)!.bytes;
    },
    (languages) => heard.push(languages),
  );
  library.offer(RECORDINGS);
  library.offer([...RECORDINGS]);
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  assert.deepEqual(asked, ["da", "ar", "names"]);
  assert.deepEqual(heard.at(-1), ["da", "ar"]);
  assert.equal(library.find("ar", "Åse Ørum")?.key, "name.1");
  assert.equal(library.find("da", "Åse Ørum og"), undefined);
  library.offer([]);
  assert.deepEqual(heard.at(-1), []);
  assert.equal(library.find("da", "1"), undefined);
});

test("Sound is forgotten with its voter, and what the tablet can say is not", () => {
  const [told] = reduce(BEGINNING, { type: "audible", languages: ["da"] });
  const [asked] = reduce(told, { type: "prefer", change: { sound: "on", screen: "dark", rate: "fast", volume: "high" } });
  const [left] = reduce(asked, { type: "clear" });
  assert.deepEqual(left.preferences, BEGINNING.preferences);
  assert.deepEqual(left.audible, ["da"]);
});

test("A pack that does not come is waited for no longer than its time", async (t) => {
  const signals: (AbortSignal | null | undefined)[] = [];
  t.mock.method(globalThis, "fetch", async (_address: string, init?: RequestInit) => {
    signals.push(init?.signal);
    return new Response(DANISH.bytes);
  });
  assert.deepEqual(await fetchFrom("/valg/")(DANISH.recording), DANISH.bytes);
  assert.ok(signals[0] instanceof AbortSignal);
});
