/**
 * The candidates' pictures: all are fetched as soon as the election names them, whoever votes, and shown from the tablet's own
 * memory from then on. An image with the house's address would be asked for once more where it had not come: in the review,
 * whose one picture tells the vote to whoever cut the line before.
 */

import type { Candidate } from "./offering.ts";

/** How long to wait before pictures that did not come are asked for again, in milliseconds. By the clock, like the beat. */
export const FETCH_AGAIN_MS = 30_000;

/** How long one picture may take, in milliseconds. */
const FETCHING_MS = 20_000;

/** A picture that stands in its own address needs no fetching. */
const IN_ITSELF = "data:";

/** What the fetching works with: `fetch` gives a picture as one that stands in its own address, `came` is told of each. */
interface Means {
  readonly fetch: (address: string) => Promise<string>;
  readonly came: (address: string, picture: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export class Pictures {
  readonly #means: Means;
  readonly #kept = new Map<string, string>();
  #candidates: readonly Candidate[] | undefined;
  #isFetching = false;

  constructor(means: Means) {
    this.#means = means;
  }

  /** The pictures of those who stand now. */
  offer(candidates: readonly Candidate[] | undefined): void {
    if (candidates === undefined || candidates === this.#candidates) return;
    this.#candidates = candidates;
    void this.#fetchAll();
  }

  /** What to show for an address; undefined while it has not come. */
  of(address: string): string | undefined {
    return address.startsWith(IN_ITSELF) ? address : this.#kept.get(address);
  }

  async #fetchAll(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    for (let missing = this.#missing(); missing.length > 0; missing = this.#missing()) {
      for (const address of missing) await this.#fetchOne(address);
      if (this.#missing().some((address) => missing.includes(address))) await this.#means.wait(FETCH_AGAIN_MS);
    }
    this.#isFetching = false;
  }

  async #fetchOne(address: string): Promise<void> {
    try {
      const picture = await this.#means.fetch(address);
      this.#kept.set(address, picture);
      this.#means.came(address, picture);
    } catch {
      // Out of reach: the name stands without it until the next round.
    }
  }

  #missing(): readonly string[] {
    const addresses = (this.#candidates ?? []).flatMap(({ photo }) => (photo === null ? [] : [photo]));
    return [...new Set(addresses)].filter((address) => this.of(address) === undefined);
  }
}

async function fetchPicture(address: string): Promise<string> {
  const signal = AbortSignal.timeout(FETCHING_MS);
  const response = await fetch(address, { credentials: "same-origin", redirect: "error", signal });
  const picture = await response.blob();
  if (!response.ok || !picture.type.startsWith("image/")) throw new Error("no picture");
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(picture);
  });
}

/** Put a picture that has come late into the images that wait for it. */
function showLate(address: string, picture: string): void {
  for (const image of document.querySelectorAll("img")) if (image.dataset["picture"] === address) image.src = picture;
}

/** The pictures of this tablet. */
export const pictures = new Pictures({
  fetch: fetchPicture,
  came: showLate,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});
