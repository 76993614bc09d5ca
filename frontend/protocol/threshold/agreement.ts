/** What the members agree on before any of them sends a message, as one hash (ballots/protocol/threshold/agreement.py). */

import { shaHex } from "../hash.ts";
import { serialize } from "../json.ts";

/** An election, the hash of its rules, who the members are in the order of their positions, and how many of them open. */
export interface Agreement {
  readonly uuid: string;
  readonly rulesHash: string;
  readonly threshold: number;
  readonly holders: readonly string[];
}

/** SHA-256 of the agreement, as the public page shows it. */
export function agreementMark({ uuid, rulesHash, threshold, holders }: Agreement): string {
  return shaHex(serialize({ uuid, rules_sha256: rulesHash, size: holders.length, threshold, holders: [...holders] }));
}
