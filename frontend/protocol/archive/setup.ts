/** The first event binds together what is voted on, who holds the key and who may vote (section 5). */

import { shaHex } from "../hash.ts";
import { parse, serialize } from "../json.ts";
import { demand } from "../refusal.ts";
import { digest, members } from "../shape.ts";

/** The exact texts an election is set up from. */
export interface Setup {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
}

export function setupText({ election, trustees, credentials }: Setup): string {
  return serialize({
    election: shaHex(election),
    trustees: shaHex(trustees),
    credentials: shaHex(credentials),
  });
}

/**
 * Refuse set-up data that do not name these three texts.
 *
 * A credentials certificate is refused as an unknown member: nobody here could check it.
 */
export function checkSetup(source: string, setup: Setup): void {
  const found = members(parse(source), "setup data", ["election", "trustees", "credentials"]);
  for (const part of ["election", "trustees", "credentials"] as const) {
    const named = digest(found[part], part) === shaHex(setup[part]);
    demand(named, "BrokenChain", `the set-up names another text for ${part}`);
  }
}
