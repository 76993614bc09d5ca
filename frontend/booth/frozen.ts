/** The hashes of the pictures on the ballot, as the freeze put them into the log: every picture is held against them. */

import { shaHex } from "../protocol/index.ts";

/** SHA-256 in hex of each picture by number, null for who had none, and of the `figure` that stands for her. */
export interface FrozenPictures {
  readonly figure: string;
  readonly photos: readonly (string | null)[];
}

/** The first line of what is hashed, so that no other list of hashes can be taken for this one. */
const DOMAIN = "ballot pictures 1";

/** One hash of them all, as the signed report prints it; its form is in docs/verification.md. */
export function picturesHash({ figure, photos }: FrozenPictures): string {
  const lines = [DOMAIN, `figure ${figure}`, ...photos.map((photo, i) => `${i + 1} ${photo ?? "figure"}`)];
  return shaHex(lines.map((line) => `${line}\n`).join(""));
}

/** What `election.json` says of pictures of so many candidates. Undefined where it cannot be read, and then none is shown. */
export function readFrozen(json: unknown, candidates: number): FrozenPictures | undefined {
  const { figure, photos } = (json ?? {}) as Partial<FrozenPictures>;
  if (!isHash(figure) || !Array.isArray(photos) || photos.length !== candidates) return undefined;
  return photos.every((photo) => photo === null || isHash(photo)) && photos.some(isHash) ? { figure, photos } : undefined;
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
