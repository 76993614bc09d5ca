/** The published list of ballots that were opened to check a tablet (docs/challenge.md): none of them may lie in the urn. */

import { base64OfHex } from "./bytes.ts";
import { readArchive } from "./archive.ts";
import { array, digest, members, parse } from "./json.ts";
import { because, demand } from "./refusal.ts";
import type { Described } from "./work.ts";

/** The hashes on a list, in hexadecimal. @throws Refusal where it is another election's, or not written as the house writes it. */
export function readOpenedList(text: string, { uuid, fingerprint }: Described): ReadonlySet<string> {
  return because("openedList", () => {
    const [election, print, challenged] = members(parse(text.replace(/\n$/, "")), "election", "fingerprint", "challenged");
    demand(election === uuid && print === fingerprint, "openedList");
    const hashes = array(challenged).map(digest);
    demand(hashes.every((hash, i) => i === 0 || hash > hashes[i - 1]!), "openedList");
    return new Set(hashes);
  });
}

/** What an archive says of one ballot: nothing yet, where the poll was not over when it was written. */
export type Whereabouts = "cast" | "absent" | "open";

/** Look for a ballot by its check code. @throws Refusal where the archive is none, or does not hold so far. */
export async function findBallot(stream: ReadableStream<Uint8Array>, code: string): Promise<Whereabouts> {
  for await (const { kind, hashes } of readArchive(stream)) {
    if (kind === "Ballot" && base64OfHex(hashes[0]!) === code) return "cast";
    if (kind === "EndBallots") return "absent";
  }
  return "open";
}
