/** Our own copy of the election, against which a tablet is checked: the beginning of the archive, judged as always. */

import { readArchive } from "./archive.ts";
import type { Pool } from "./pool.ts";
import { Refusal } from "./refusal.ts";
import { readSetup } from "./setup.ts";
import type { Described } from "./work.ts";

export interface OwnElection {
  /** The exact text. */
  readonly source: string;
  readonly about: Described;
  readonly slips: readonly string[];
}

/** Read no more of the archive than its set-up. @throws Refusal where that does not hold. */
export async function readOwnElection(stream: ReadableStream<Uint8Array>, pool: Pool): Promise<OwnElection> {
  for await (const { kind, records } of readArchive(stream)) {
    if (kind !== "Setup") break;
    const { election, trustees, credentials } = readSetup(records);
    const about = await pool.ask("setup", { election, trustees });
    return { source: election, about, slips: await pool.ask("slips", { credentials }) };
  }
  throw new Refusal("notArchive");
}
