/** What was fixed before anybody voted: question, key, who opens, and the slips (PROTOCOL.md section 5). */

import { hashHex } from "./bytes.ts";
import { type Election, readElection } from "./election.ts";
import { isSame, point } from "./group.ts";
import { array, digest, members, parse, string } from "./json.ts";
import { because, demand } from "./refusal.ts";
import { readTrustees } from "./trustees.ts";

/** The texts of the first event, without the one that binds them. */
export interface Setup {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
}

/** Three hashes and their names are less than half of it. */
const LARGEST_BINDING = 1024;

/** The texts of the first event, if the last of them names the others. */
export function readSetup(records: readonly string[]): Setup {
  const [election, trustees, credentials, binding] = records as [string, string, string, string];
  demand(binding.length <= LARGEST_BINDING, "setupLinks");
  const named = because("setupLinks", () => members(parse(binding), "election", "trustees", "credentials").map(digest));
  const found = [election, trustees, credentials].map(hashHex);
  demand(named.every((hash, i) => hash === found[i]), "setupLinks");
  return { election, trustees, credentials };
}

/** Check the election and those who hold its key; the list of slips is long and checked apart. */
export function checkSetup({ election, trustees }: Pick<Setup, "election" | "trustees">): Election {
  const read = readElection(election);
  const { key } = because("trustees", () => readTrustees(trustees));
  demand(isSame(key, read.key), "key");
  return read;
}

/**
 * The slips: the public half of each, in the order of its bytes from the last to the first, each once, without a weight.
 *
 * Whether each is a point of the group is checked apart (`checkCredentials`).
 */
export function readCredentials(source: string): readonly string[] {
  return because("credentials", () => {
    const found = array(parse(source)).map(string);
    const keys = found.map((one) => (one.match(/../g) ?? []).reverse().join(""));
    demand(keys.every((key, i) => i === 0 || keys[i - 1]! < key), "credentials");
    return found;
  });
}

export function checkCredentials(credentials: readonly string[]): void {
  because("credentials", () => credentials.forEach(point));
}
