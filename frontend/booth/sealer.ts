/** The page's side of the worker that seals: one for each voter, made ready before she comes and ended when she goes. */

import type { CommittedBallot } from "../protocol/index.ts";
import type { Marks } from "./state.ts";

/** What the worker is told: the election's exact text, and a ballot to seal, or none while it makes itself ready. */
export interface SealerWork {
  readonly election: string;
  readonly job?: { readonly id: number; readonly credential: string; readonly marks: Marks };
}

/** What it answers; without a ballot the sealing failed. */
export interface SealerAnswer {
  readonly id: number;
  readonly committed?: CommittedBallot;
}

/** As much of a worker as is needed here. */
export interface SealingWorker {
  onmessage: ((event: MessageEvent<SealerAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(work: SealerWork): void;
  terminate(): void;
}

export class Sealer {
  readonly #make: () => SealingWorker;
  #worker: SealingWorker | undefined;
  #election = "";
  #waiting: ((committed: CommittedBallot | undefined) => void) | undefined;
  #id = 0;
  /** Whether the worker was told a slip. */
  #isTold = false;

  constructor(make: () => SealingWorker) {
    this.#make = make;
  }

  /** Make a worker ready for the next voter of this election. */
  prepare(election: string): void {
    this.#election = election;
    this.#ready();
  }

  /**
   * Seal these marks from a new seed; undefined when it cannot be done, or when the voter left or changed her marks before.
   * Whatever was being sealed for an earlier review is ended.
   */
  seal(election: string, credential: string, marks: Marks): Promise<CommittedBallot | undefined> {
    this.abandon();
    this.#election = election;
    const worker = this.#ready();
    this.#id += 1;
    this.#isTold = true;
    const job = { id: this.#id, credential, marks };
    return new Promise((resolve) => {
      this.#waiting = resolve;
      worker.postMessage({ election, job });
    });
  }

  /** The voter went back to her marks: what is not sealed yet is not wanted any more, and a worker at rest may stay for her. */
  abandon(): void {
    if (this.#waiting) this.forget();
  }

  /** End the worker, with all that it knows of a voter, and make another one ready; one that knows nothing stays for the next. */
  forget(): void {
    if (!this.#isTold) return;
    this.stop();
    this.#ready();
  }

  /** End the worker. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isTold = false;
    this.#answer(undefined);
  }

  #ready(): SealingWorker {
    if (this.#worker) return this.#worker;
    const worker = this.#make();
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker && data.id === this.#id) this.#answer(data.committed);
    };
    // A worker that could not be loaded, or broke: the next sealing begins with a new one.
    worker.onerror = () => {
      if (worker === this.#worker) this.stop();
    };
    worker.postMessage({ election: this.#election });
    this.#worker = worker;
    return worker;
  }

  #answer(committed: CommittedBallot | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(committed);
  }
}
