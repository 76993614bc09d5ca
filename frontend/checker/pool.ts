/** Several workers share the tasks; where none can be had the page does them itself, a little at a time. */

import { type Reason, Refusal } from "./refusal.ts";
import { type Answered, type Asked, type TaskName, perform } from "./work.ts";

export interface Pool {
  /** How many tasks are worth handing out at a time. */
  readonly width: number;
  readonly ask: <Name extends TaskName>(name: Name, asked: Asked<Name>) => Promise<Answered<Name>>;
  /** End whatever is being worked on; nothing that was asked is answered any more. */
  readonly stop: () => void;
}

interface Question {
  readonly id: number;
  readonly name: TaskName;
  readonly asked: unknown;
}

/** Of the three exactly one is there: the value, why it is refused, or that the program itself failed. */
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly refused?: Reason;
  readonly failed?: string;
}

/** What of a worker's global scope is used. */
export interface WorkerScope {
  onmessage: unknown;
  postMessage: (answer: Answer) => void;
}

/** What a worker does all its life; first it says that it lives. */
export function serve(scope: WorkerScope): void {
  scope.onmessage = ({ data }: { readonly data: Question }): void => {
    const { id, name, asked } = data;
    try {
      scope.postMessage({ id, value: perform(name, asked as never) });
    } catch (error) {
      scope.postMessage(error instanceof Refusal ? { id, refused: error.reason } : { id, failed: String(error) });
    }
  };
  scope.postMessage({ id: 0 });
}

/** On the page itself: after each task it may draw itself and hear a press. */
export function poolHere(): Pool {
  let isStopped = false;
  return {
    width: 1,
    ask: async (name, asked) => {
      await new Promise((resolve) => setTimeout(resolve));
      if (isStopped) return new Promise(() => undefined);
      return perform(name, asked);
    },
    stop: () => {
      isStopped = true;
    },
  };
}

const MOST_WORKERS = 8;

/** As many workers as the device has processors; `undefined` where the browser lets none begin. */
export async function poolOf(begin: () => Worker, processors: number): Promise<Pool | undefined> {
  const workers: Worker[] = [];
  try {
    for (let i = 0; i < Math.min(MOST_WORKERS, Math.max(1, processors)); i += 1) workers.push(begin());
    await Promise.all(workers.map(alive));
    return new Workers(workers);
  } catch {
    for (const worker of workers) worker.terminate();
    return undefined;
  }
}

function alive(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error("no worker"));
    };
  });
}

interface Asking {
  readonly question: Question;
  readonly settle: (answer: Answer) => void;
}

class Workers implements Pool {
  readonly width: number;
  readonly #all: readonly Worker[];
  readonly #idle: Worker[];
  readonly #working = new Map<Worker, Asking>();
  #waiting: Asking[] = [];
  #ids = 0;

  constructor(workers: readonly Worker[]) {
    this.width = workers.length;
    this.#all = workers;
    this.#idle = [...workers];
    for (const worker of workers) {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#end(worker, data);
      worker.onerror = (event) => this.#end(worker, { id: 0, failed: event.message });
    }
  }

  ask<Name extends TaskName>(name: Name, asked: Asked<Name>): Promise<Answered<Name>> {
    return new Promise((resolve, reject) => {
      const settle = ({ value, refused, failed }: Answer): void => {
        if (refused !== undefined) reject(new Refusal(refused));
        else if (failed !== undefined) reject(new Error(failed));
        else resolve(value as Answered<Name>);
      };
      this.#ids += 1;
      this.#waiting.push({ question: { id: this.#ids, name, asked }, settle });
      this.#begin();
    });
  }

  stop(): void {
    this.#waiting = [];
    this.#working.clear();
    for (const worker of this.#all) worker.terminate();
  }

  #begin(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const [worker, asking] = [this.#idle.pop()!, this.#waiting.shift()!];
      this.#working.set(worker, asking);
      worker.postMessage(asking.question);
    }
  }

  #end(worker: Worker, answer: Answer): void {
    const asking = this.#working.get(worker);
    if (asking === undefined) return;
    this.#working.delete(worker);
    this.#idle.push(worker);
    asking.settle(answer);
    this.#begin();
  }
}
