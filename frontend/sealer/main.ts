/** Beside the booth's page one voter's ballots are sealed, so that the screen goes on answering; it ends with her visit. */

import { type Election, readElection, warmUp } from "../protocol/index.ts";
import type { SealerAnswer, SealerWork } from "../booth/sealer.ts";
import { commit } from "../booth/sealing.ts";

/** What a worker's own side has; the types at hand are those of pages. */
interface Own {
  onmessage: ((event: MessageEvent<SealerWork>) => void) | null;
  postMessage(answer: SealerAnswer): void;
}

const own = globalThis as unknown as Own;
let known: Election | undefined;

own.onmessage = ({ data }) => {
  try {
    if (known?.text !== data.election) {
      known = readElection(data.election);
      warmUp();
    }
    if (data.job === undefined) return;
    const { id, credential, marks } = data.job;
    const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
    own.postMessage({ id, committed: commit(known, credential, marks, random) });
  } catch {
    if (data.job) own.postMessage({ id: data.job.id });
  }
};
