/** Beside the booth's page one voter's ballots are sealed, so that the screen goes on answering; it ends with her visit. */

import { type Election, drawCredential, readElection, warmUp } from "../protocol/index.ts";
import { onlyQuestion } from "../booth/offering.ts";
import type { SealerAnswer, SealerWork } from "../booth/sealer.ts";
import { commit } from "../booth/sealing.ts";

/** What a worker's own side has; the types at hand are those of pages. */
interface Own {
  onmessage: ((event: MessageEvent<SealerWork>) => void) | null;
  postMessage(answer: SealerAnswer): void;
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Seal a ballot of nobody's and drop it: the browser runs what it has run before in half the time. */
function practise(election: Election): void {
  const { least } = onlyQuestion(election);
  const chosen = Array.from({ length: Math.max(1, least) }, (_, i) => i);
  commit(election, drawCredential(random), { chosen, blank: false }, random);
}

const own = globalThis as unknown as Own;
let known: Election | undefined;

own.onmessage = ({ data }) => {
  try {
    if (known?.text !== data.election) {
      known = readElection(data.election);
      warmUp();
      practise(known);
    }
    if (data.job === undefined) return;
    const { id, credential, marks } = data.job;
    own.postMessage({ id, committed: commit(known, credential, marks, random) });
  } catch {
    if (data.job) own.postMessage({ id: data.job.id });
  }
};
