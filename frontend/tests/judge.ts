/** Judges archives for a comparison with the other implementation: one file name a line in, one verdict a line out. */

import { readFileSync } from "node:fs";

import { Refusal, verifyArchive } from "../protocol/index.ts";

function judge(path: string): Record<string, unknown> {
  try {
    const { counts, ballots, lastHash } = verifyArchive(new Uint8Array(readFileSync(path)));
    return counts ? { verdict: "accepted", counts, ballots, lastHash } : { verdict: "sound", ballots, lastHash };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: "refused", code: error.code, reason: error.message };
    throw error;
  }
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  process.stdout.write(`${JSON.stringify(judge(path))}\n`);
}
