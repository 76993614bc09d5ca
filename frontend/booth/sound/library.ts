/**
 * Every pack of the election is fetched as soon as the election names it, one after the other and whole, whoever votes in
 * which language and whether anybody listens: no request tells.
 */

import { type Clip, NAMES, type Pack, type Recording, readPack } from "./pack.ts";

/** How long to wait before a pack that did not come is asked for again, in milliseconds. By the clock, like the beat. */
export const FETCH_AGAIN_MS = 30_000;

/** How long one pack may take, in milliseconds: megabytes, for twenty tablets at a time. A line that hangs must not end all sound. */
const FETCHING_MS = 180_000;

type Fetch = (recording: Recording) => Promise<Uint8Array<ArrayBuffer>>;

/** Fetches a pack by its hash; `base` ends in a slash. */
export function fetchFrom(base: string): Fetch {
  return async ({ sha256 }) => {
    const signal = AbortSignal.timeout(FETCHING_MS);
    const response = await fetch(`${base}recordings/${sha256}.pack`, { credentials: "same-origin", redirect: "error", signal });
    if (!response.ok) throw new Error("no pack");
    return new Uint8Array(await response.arrayBuffer());
  };
}

export class Library {
  readonly #fetch: Fetch;
  readonly #changed: (languages: readonly string[]) => void;
  #wanted: readonly Recording[] = [];
  #packs = new Map<string, Pack>();
  #isFetching = false;

  /** `changed` is told which languages can be heard whenever that changes. */
  constructor(fetch: Fetch, changed: (languages: readonly string[]) => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** The packs of the election as it is now; others are let go. */
  offer(recordings: readonly Recording[]): void {
    if (recordings === this.#wanted || hashes(recordings) === hashes(this.#wanted)) return;
    this.#wanted = recordings;
    const kept = new Set(recordings.map(({ sha256 }) => sha256));
    this.#packs = new Map([...this.#packs].filter(([sha256]) => kept.has(sha256)));
    this.#changed(this.#audible());
    void this.#fetchAll();
  }

  /** The recording of exactly this text, in a language or of names. */
  find(language: string, text: string): Clip | undefined {
    return this.#packOf(language)?.get(text) ?? this.#packOf(NAMES)?.get(text);
  }

  async #fetchAll(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        this.#packs.set(next.sha256, readPack(await this.#fetch(next), next));
        this.#changed(this.#audible());
      } catch {
        // Out of reach, or not what the election names: silent until it comes right.
        await new Promise((resolve) => setTimeout(resolve, FETCH_AGAIN_MS));
      }
    }
    this.#isFetching = false;
  }

  #next(): Recording | undefined {
    return this.#wanted.find(({ sha256 }) => !this.#packs.has(sha256));
  }

  #packOf(language: string): Pack | undefined {
    return this.#packs.get(this.#wanted.find((one) => one.language === language)?.sha256 ?? "");
  }

  /** A language is heard when both it and the names are. */
  #audible(): readonly string[] {
    if (this.#packOf(NAMES) === undefined) return [];
    const languages = this.#wanted.map(({ language }) => language).filter((language) => language !== NAMES);
    return languages.filter((language) => this.#packOf(language) !== undefined);
  }
}

function hashes(recordings: readonly Recording[]): string {
  return recordings.map(({ sha256 }) => sha256).join(" ");
}
