/** What is asked for depends on who stands, and never on whom a voter looks at. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type FrozenPictures, picturesHash, readFrozen } from "../booth/frozen.ts";
import { type Candidate, type Offering, readOffering } from "../booth/offering.ts";
import { FETCH_AGAIN_MS, Pictures } from "../booth/pictures.ts";
import { shaHex } from "../protocol/index.ts";
import { read } from "./vectors.ts";

/** In these tests the house answers each address with the address itself, so that it is what should lie there. */
const bytesOf = (content: string): Uint8Array => new TextEncoder().encode(content);
const hashOf = (address: string): string => shaHex(bytesOf(address));

const FIGURE = "/figure.svg";

const standing = (...photos: readonly (string | null)[]): Pick<Offering, "candidates" | "pictures"> & { pictures: FrozenPictures } => ({
  candidates: photos.map((photo, i): Candidate => ({ number: i + 1, name: `Nr. ${i + 1}`, line: null, photo })),
  pictures: { figure: hashOf(FIGURE), photos: photos.map((photo) => (photo === null || photo === FIGURE ? null : hashOf(photo))) },
});

/** Let everything go on that waits for nothing but its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("Every picture is asked for once, in the order of the ballot, and shown from then on", async () => {
  const [asked, came]: [string[], string[]] = [[], []];
  const pictures = new Pictures({
    fetch: async (address) => {
      asked.push(address);
      return { bytes: bytesOf(address), shown: `data:${address}` };
    },
    came: (address) => came.push(address),
    wait: () => assert.fail("nothing is missing"),
  });
  const offering = standing("/2.jpg", FIGURE, null, "/1.jpg", FIGURE);
  pictures.offer(undefined);
  pictures.offer(offering);
  await turn();
  pictures.offer(offering);
  pictures.offer({ ...offering, candidates: [...offering.candidates] });
  await turn();
  assert.deepEqual(asked, ["/2.jpg", FIGURE, "/1.jpg"]);
  assert.deepEqual(came, asked);
  assert.deepEqual([pictures.of("/1.jpg"), pictures.of("/3.jpg")], ["data:/1.jpg", undefined]);
  assert.deepEqual(pictures.standing(), { sha256: picturesHash(offering.pictures), missing: 0 });
});

test("One that does not come keeps no other from coming, and is asked for again by the clock alone", async () => {
  const asked: string[] = [];
  let isCut = true;
  let ring = (): void => assert.fail("nobody waits");
  const pictures = new Pictures({
    fetch: async (address) => {
      asked.push(address);
      if (isCut && address === "/2.jpg") throw new Error("out of reach");
      return { bytes: bytesOf(address), shown: "data:" };
    },
    came: () => undefined,
    wait: (milliseconds) => {
      assert.equal(milliseconds, FETCH_AGAIN_MS);
      return new Promise((resolve) => (ring = resolve));
    },
  });
  const offering = standing("/1.jpg", "/2.jpg", "/3.jpg");
  pictures.offer(offering);
  await turn();
  assert.deepEqual(asked, ["/1.jpg", "/2.jpg", "/3.jpg"]);
  assert.equal(pictures.of("/2.jpg"), undefined);
  assert.equal(pictures.standing()?.missing, 1);
  pictures.offer({ ...offering, candidates: [...offering.candidates] });
  await turn();
  isCut = false;
  assert.equal(asked.length, 3, "neither a look nor another voter asks");
  ring();
  await turn();
  assert.deepEqual(asked.slice(3), ["/2.jpg"]);
  assert.equal(pictures.of("/2.jpg"), "data:");
});

/** The pictures of a house that answers as `house` says, once all that it gives has come. */
async function shownBy(offering: Pick<Offering, "candidates" | "pictures">, house: Readonly<Record<string, string>> = {}): Promise<Pictures> {
  const came: string[] = [];
  const pictures = new Pictures({
    fetch: async (address) => ({ bytes: bytesOf(house[address] ?? address), shown: `data:${address}` }),
    came: (address) => came.push(address),
    wait: () => new Promise(() => undefined),
  });
  pictures.offer(offering);
  await turn();
  assert.deepEqual(came, came.filter((address) => pictures.of(address) !== undefined), "what is not shown is not shown late either");
  return pictures;
}

test("A face that was frozen beside another number is not shown, and is counted", async () => {
  const offering = standing("/1.jpg", "/2.jpg", "/3.jpg", FIGURE);
  const exchanged = await shownBy(offering, { "/1.jpg": "/3.jpg", "/3.jpg": "/1.jpg" });
  assert.deepEqual(["/1.jpg", "/2.jpg", "/3.jpg", FIGURE].map((one) => exchanged.of(one)), [undefined, "data:/2.jpg", undefined, `data:${FIGURE}`]);
  assert.deepEqual(exchanged.standing(), { sha256: picturesHash(offering.pictures), missing: 2 });
  const face = await shownBy(offering, { [FIGURE]: "/2.jpg" });
  assert.equal(face.of(FIGURE), undefined, "nor is a face shown for who has none");
  const shared = standing("/1.jpg", "/2.jpg");
  const one = await shownBy({ ...shared, candidates: shared.candidates.map((who) => ({ ...who, photo: "/2.jpg" })) });
  assert.equal(one.of("/2.jpg"), undefined, "nor one face at two numbers");
});

test("Where a photograph is gone the figure stands, under the hash that was signed", async () => {
  const offering = standing("/1.jpg", "/2.jpg");
  const [first, second] = offering.candidates as readonly [Candidate, Candidate];
  const erased = await shownBy({ ...offering, candidates: [{ ...first, photo: FIGURE }, second] });
  assert.equal(erased.of(FIGURE), `data:${FIGURE}`);
  assert.deepEqual(erased.standing(), { sha256: picturesHash(offering.pictures), missing: 1 });
});

interface Case extends FrozenPictures {
  readonly name: string;
  readonly sha256: string;
}

test("The one hash is that of the written form, as the house computes it", () => {
  const cases = JSON.parse(read("pictures", "cases.json")) as readonly Case[];
  for (const { name, sha256, ...frozen } of cases) {
    if (sha256 === "") assert.equal(readFrozen(frozen, frozen.photos.length), undefined, name);
    else assert.equal(picturesHash(readFrozen(frozen, frozen.photos.length) ?? assert.fail(name)), sha256, name);
  }
});

test("Without hashes that can be read no picture is shown, and the names are voted on", () => {
  const { candidates, pictures } = standing("/1.jpg", FIGURE);
  const answer = { status: "not_open", rehearsal: false, name: "Valg", municipality: "Køge", votes_per_voter: 1, blank: true, election: null, candidates };
  const photos = (said: unknown): readonly (string | null)[] => readOffering({ ...answer, pictures: said } as never).candidates.map(({ photo }) => photo);
  assert.deepEqual(photos(pictures), ["/1.jpg", FIGURE]);
  const unfit = [undefined, null, "", [], { ...pictures, figure: "x" }, { ...pictures, photos: [hashOf("/1.jpg")] }, { ...pictures, photos: [1, null] }, { ...pictures, photos: [null, null] }];
  for (const said of unfit) assert.deepEqual(photos(said), [null, null]);
});
