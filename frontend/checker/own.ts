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
  /** Whether more than the set-up stands in the archive: the poll is over, and the urn can be looked into. */
  readonly hasUrn: boolean;
}

/** Read no more of the archive than its set-up, and whether anything follows. @throws Refusal where the set-up does not hold. */
export async function readOwnElection(stream: ReadableStream<Uint8Array>, pool: Pool): Promise<OwnElection> {
  const events = readArchive(stream);
  try {
    const { value: first } = await events.next();
    if (first?.kind !== "Setup") throw new Refusal("notArchive");
    const { election, trustees, credentials } = readSetup(first.records);
    const about = await pool.ask("setup", { election, trustees });
    const slips = await pool.ask("slips", { credentials });
    return { source: election, about, slips, hasUrn: await follows(events) };
  } finally {
    await events.return(undefined);
  }
}

/** What cannot be read is something: whoever looks for a ballot in it is told so. */
async function follows(events: ReturnType<typeof readArchive>): Promise<boolean> {
  try {
    return (await events.next()).done !== true;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
