/** The booth server is asked three things: what is voted on, whether a slip may vote, and to take a ballot. */

import type { Json } from "../protocol/index.ts";
import type { SlipQuestion } from "./sealing.ts";
import type { CastAnswer, Problem, SlipAnswer } from "./state.ts";

const TIMEOUT_MS = 20_000;

/** An answer's status code and JSON; undefined JSON when it was none. */
interface Answer {
  readonly status: number;
  readonly json: Json | undefined;
}

/** Talks to the booth of one election; `base` ends in a slash. Raises only when the server cannot be reached. */
export class BoothServer {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  /** What is voted on. */
  async election(): Promise<Json> {
    const { status, json } = await this.#ask("election.json", { method: "GET" });
    if (status !== 200 || json === undefined) throw new Error("no election");
    return json;
  }

  /** Whether the slip may vote. */
  async slip(question: SlipQuestion): Promise<SlipAnswer> {
    const answer = await this.#post("slip", JSON.stringify(question));
    return answer === undefined ? "unreachable" : slipAnswer(answer);
  }

  /** Hand in exactly these bytes; the same bytes again get the same answer. */
  async cast(ballot: string): Promise<CastAnswer> {
    const answer = await this.#post("ballots", ballot);
    return answer === undefined ? { kind: "unreachable" } : castAnswer(answer);
  }

  async #post(path: string, body: string): Promise<Answer | undefined> {
    const headers = { "content-type": "application/json" };
    try {
      return await this.#ask(path, { method: "POST", headers, body });
    } catch {
      return undefined;
    }
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      ...init,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, json: parsed(text) };
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function member(answer: Answer, name: string): Json | undefined {
  const { json } = answer;
  if (json === undefined || json === null || typeof json !== "object" || Array.isArray(json)) return undefined;
  return (json as { readonly [name: string]: Json })[name];
}

/** Read the answer about a slip. */
export function slipAnswer(answer: Answer): SlipAnswer {
  const status = member(answer, "status");
  const known: readonly SlipAnswer[] = ["ready", "unknown", "spent", "not_open", "closed"];
  const said = known.find((one) => one === status);
  if (answer.status === 200 && said !== undefined) return said;
  return answer.status >= 500 ? "unreachable" : "failed";
}

/** Read the answer about a ballot; a server in trouble may be asked again, since it takes each ballot once only. */
export function castAnswer(answer: Answer): CastAnswer {
  const status = member(answer, "status");
  const receipt = member(answer, "receipt");
  if (answer.status === 200 || answer.status === 201) {
    if (status === "accepted" && typeof receipt === "string") return { kind: "accepted", receipt };
  }
  const known: readonly Problem[] = ["spent", "full", "closed", "not_open", "unknown", "rejected"];
  const problem = known.find((one) => one === status);
  if (answer.status >= 400 && problem !== undefined) return { kind: "refused", problem };
  return answer.status >= 500 ? { kind: "unreachable" } : { kind: "refused", problem: "failed" };
}
