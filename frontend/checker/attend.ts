/**
 * Check a whole archive for a page that hands it over as a message, and answer with plain messages.
 *
 * Whoever asks need import nothing of this program: a key holder's page, which holds a secret, may not. What is asked is a
 * Blob, the archive. What is answered is `{ballots}` as it goes on, and at last one of
 * `{sound: true, ballots, lastKind, sha256}`, `{sound: false, reason, code}` and `{failed}`.
 */

import type { Pool } from "./pool.ts";
import { Sha256 } from "./sha256.ts";
import { hex } from "./bytes.ts";
import { type Verdict, verify } from "./verify.ts";

/** What of a worker's global scope is used. */
export interface AttendingScope {
  onmessage: unknown;
  postMessage: (answer: object) => void;
}

/** Check whatever archive is handed over; the pool is begun for it and ended with it. */
export function attend(scope: AttendingScope, begin: () => Promise<Pool>): void {
  scope.onmessage = ({ data }: { readonly data: Blob }): Promise<void> =>
    check(data, begin, (answer) => scope.postMessage(answer)).catch((error: unknown) =>
      scope.postMessage({ failed: String(error) }),
    );
}

async function check(archive: Blob, begin: () => Promise<Pool>, tell: (answer: object) => void): Promise<void> {
  const pool = await begin();
  const read = new Sha256();
  let told = 0;
  const progress = ({ ballots }: { readonly ballots: number }): void => {
    if (ballots !== told) tell({ ballots });
    told = ballots;
  };
  try {
    const verdict = await verify(hashed(archive.stream(), read), pool, { progress, passed: () => undefined });
    tell(answerOf(verdict, read));
  } finally {
    pool.stop();
  }
}

function answerOf(verdict: Verdict, read: Sha256): object {
  if (verdict.kind === "refused") {
    const { reason, ballot } = verdict.wrong;
    return { sound: false, reason, code: ballot?.code ?? "" };
  }
  const { ballots, lastKind } = verdict.found;
  return { sound: true, ballots, lastKind, sha256: hex(read.digest()) };
}

/** The same stream, whose bytes are hashed on the way. */
function hashed(stream: ReadableStream<Uint8Array>, hash: Sha256): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      hash.update(value);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
