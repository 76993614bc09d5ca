/**
 * The candidates' pictures: all are fetched as soon as the election names them, whoever votes, and shown from the tablet's own
 * memory from then on. An image with the house's address would be asked for once more where it had not come: in the review,
 * whose one picture tells the vote to whoever cut the line before. What is not the picture that was frozen is not shown.
 */

import { shaHex } from "../protocol/index.ts";
import { picturesHash } from "./frozen.ts";
import type { Offering } from "./offering.ts";

/** How long to wait before pictures that did not come are asked for again, in milliseconds. By the clock, like the beat. */
export const FETCH_AGAIN_MS = 30_000;

/** How long one picture may take, in milliseconds. */
const FETCHING_MS = 20_000;

/** A picture that came, and as one that stands in its own address. */
interface Picture {
  readonly bytes: Uint8Array;
  readonly shown: string;
}

/** What the fetching works with: `came` is told of each picture that is to be shown, as one that stands in its own address. */
interface Means {
  readonly fetch: (address: string) => Promise<Picture>;
  readonly came: (address: string, shown: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Who stands, and what their pictures are held against; where there is nothing to hold them against, none is shown. */
type Illustrated = Pick<Offering, "candidates" | "pictures">;

/** For whoever sets the tablet up: one hash of all pictures, and how many photographs do not stand where they belong. */
export interface Standing {
  readonly sha256: string;
  readonly missing: number;
}

export class Pictures {
  readonly #means: Means;
  readonly #kept = new Map<string, { readonly sha256: string; readonly shown: string }>();
  #offering: Illustrated | undefined;
  #isFetching = false;

  constructor(means: Means) {
    this.#means = means;
  }

  /** The pictures of those who stand now. */
  offer(offering: Illustrated | undefined): void {
    if (offering === undefined || offering.candidates === this.#offering?.candidates) return;
    this.#offering = offering;
    void this.#fetchAll();
  }

  /** What to show for an address; undefined while it has not come. */
  of(address: string): string | undefined {
    const kept = this.#kept.get(address);
    return kept !== undefined && this.#isFrozen(address, kept.sha256) ? kept.shown : undefined;
  }

  /** How the pictures stand; undefined where none is shown. */
  standing(): Standing | undefined {
    const { candidates, pictures } = this.#offering ?? {};
    if (candidates === undefined || pictures === undefined) return undefined;
    const isMissing = (photo: string | null, i: number): boolean =>
      photo !== null && this.#kept.get(candidates[i]?.photo ?? "")?.sha256 !== photo;
    return { sha256: picturesHash(pictures), missing: pictures.photos.filter(isMissing).length };
  }

  /** Whether everybody to whom an address was given has this picture, or the figure in its place. */
  #isFrozen(address: string, sha256: string): boolean {
    const { candidates, pictures } = this.#offering ?? {};
    if (candidates === undefined || pictures === undefined) return false;
    return candidates.every(({ photo }, i) => photo !== address || sha256 === pictures.figure || sha256 === pictures.photos[i]);
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
      const { bytes, shown } = await this.#means.fetch(address);
      this.#kept.set(address, { sha256: shaHex(bytes), shown });
      if (this.of(address) !== undefined) this.#means.came(address, shown);
    } catch {
      // Out of reach: the name stands without it until the next round.
    }
  }

  #missing(): readonly string[] {
    const addresses = (this.#offering?.candidates ?? []).flatMap(({ photo }) => (photo === null ? [] : [photo]));
    return [...new Set(addresses)].filter((address) => this.of(address) === undefined);
  }
}

async function fetchPicture(address: string): Promise<Picture> {
  const signal = AbortSignal.timeout(FETCHING_MS);
  // One that was wrong and is right now must not come out of the browser's own cache again.
  const response = await fetch(address, { cache: "no-cache", credentials: "same-origin", redirect: "error", signal });
  const picture = await response.blob();
  if (!response.ok || !picture.type.startsWith("image/")) throw new Error("no picture");
  return { bytes: new Uint8Array(await picture.arrayBuffer()), shown: await inItself(picture) };
}

function inItself(picture: Blob): Promise<string> {
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
