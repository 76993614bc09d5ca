/**
 * The urn is checked by another program, in a worker of its own, which is handed the archive and nothing else.
 *
 * That program is quick because it takes no constant time, so it may never meet a secret. Here it meets none: it runs before
 * any secret is asked for, knows no page, and nothing of it is imported. It answers which bytes it checked; this page goes
 * on with those bytes alone.
 */

import { shaHex } from "../protocol/hash.ts";
import { demand } from "../protocol/refusal.ts";

/** What of a worker is used. */
export interface Checker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage: (archive: Blob) => void;
  terminate: () => void;
}

/** An archive in which everything holds, up to this event. */
export interface Sound {
  readonly ballots: number;
  readonly lastEvent: string;
}

/**
 * Have an archive checked.
 *
 * @param tell how many ballots are found good so far.
 * @throws Refusal where the archive does not hold, or other bytes were checked than these.
 */
export async function checked(begin: () => Checker, archive: Uint8Array, tell: (ballots: number) => void): Promise<Sound> {
  const checker = begin();
  try {
    const answer = await verdictOf(checker, new Blob([archive as Uint8Array<ArrayBuffer>]), tell);
    const { sound, ballots, lastKind, sha256, reason, code } = answer;
    demand(sound === true, "InvalidBallot", `the urn does not hold: ${String(reason)} ${String(code)}`);
    demand(sha256 === shaHex(archive), "BrokenChain", "other bytes were checked than these");
    const isAnswer = Number.isSafeInteger(ballots) && typeof lastKind === "string";
    demand(isAnswer, "InvalidBallot", "the checker gave no answer that can be read");
    return { ballots: ballots as number, lastEvent: lastKind };
  } finally {
    checker.terminate();
  }
}

type Answer = Readonly<Record<string, unknown>>;

function verdictOf(checker: Checker, archive: Blob, tell: (ballots: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    checker.onerror = ({ message }) => reject(new Error(`the checker did not begin: ${message ?? ""}`));
    checker.onmessage = ({ data }) => {
      const answer = (typeof data === "object" && data !== null ? data : {}) as Answer;
      if (answer["failed"] !== undefined) reject(new Error(`the checker failed: ${String(answer["failed"])}`));
      else if (answer["sound"] !== undefined) resolve(answer);
      else tell(Number(answer["ballots"]));
    };
    checker.postMessage(archive);
  });
}
