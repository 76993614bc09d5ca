/** Judges archives for a comparison with the other implementations: one file name a line in, one verdict a line out. */

import { readFileSync } from "node:fs";

import { poolHere, verify } from "../checker/index.ts";

const quiet = { progress: () => undefined, passed: () => undefined };

async function judge(path: string): Promise<Record<string, unknown>> {
  const verdict = await verify(new Blob([readFileSync(path)]).stream(), poolHere(), quiet);
  const { ballots, counts, lastHash, urnHash } = verdict.found;
  const found = { ballots, counts: counts ?? null, lastHash, urnHash };
  if (verdict.kind === "refused") return { verdict: "refused", ...verdict.wrong };
  return { verdict: verdict.kind === "soFar" ? "sound" : "accepted", ...found };
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  process.stdout.write(`${JSON.stringify(await judge(path))}\n`);
}
