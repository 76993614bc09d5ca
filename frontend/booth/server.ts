/** The booth server is asked what is voted on, whether a slip may vote, to take a ballot or to bar it, and whether all is well. */

import type { Json } from "../protocol/index.ts";
import type { Offering } from "./offering.ts";
import type { SlipQuestion } from "./sealing.ts";
import type { CastAnswer, ChallengeAnswer, Held, Link, Problem, SlipAnswer } from "./state.ts";

const TIMEOUT_MS = 20_000;

/** A sign of life takes a moment: who waits longer for it would tell the voter late that the house is away. */
const BEAT_TIMEOUT_MS = 8_000;

/** What the server answers to a browser that is no device of the election (any more). */
const NO_DEVICE = 403;

/** What it answers where the ballot is another's, or no longer to be had. */
const CONFLICT = 409;

/** What it answers where that was asked for too often a moment ago. */
const TOO_MANY = 429;

const HELD: readonly Held[] = ["exhausted", "slip_exhausted", "too_soon"];

/** This tablet may do nothing here. */
export class NoDevice extends Error {}

/** An answer's status code and JSON; undefined JSON when it was none. */
interface Answer {
  readonly status: number;
  readonly json: Json | undefined;
}

/** A house in trouble does as little for a voter as one that is out of reach. */
const TROUBLE = 500;

/** Talks to the booth of one election; `base` ends in a slash, `heard` is told each time whether the house answered. */
export class BoothServer {
  readonly #base: string;
  readonly #heard: (link: Link) => void;

  constructor(base: string, heard: (link: Link) => void = () => {}) {
    this.#base = base;
    this.#heard = heard;
  }

  /** Give a sign of life; answers whether votes are taken now. Raises NoDevice, or another error without an answer. */
  async alive(): Promise<Offering["status"]> {
    const answer = await this.#ask("alive.json", { method: "GET" }, BEAT_TIMEOUT_MS);
    if (answer.status === NO_DEVICE) throw new NoDevice("this tablet is no device of the election");
    const states: readonly Offering["status"][] = ["open", "not_open", "closed"];
    const said = states.find((one) => one === member(answer, "status"));
    if (answer.status !== 200 || said === undefined) throw new Error("no sign of life");
    return said;
  }

  /** What is voted on. Raises NoDevice, or another error without an answer. */
  async election(): Promise<Json> {
    const { status, json } = await this.#ask("election.json", { method: "GET" });
    if (status === NO_DEVICE) throw new NoDevice("this tablet is no device of the election");
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

  /** Have exactly these bytes barred, so that they may be opened; the same bytes again get the same answer. */
  async challenge(ballot: string): Promise<ChallengeAnswer> {
    const answer = await this.#post("challenges", ballot);
    return answer === undefined ? { kind: "unreachable" } : challengeAnswer(answer);
  }

  async #post(path: string, body: string): Promise<Answer | undefined> {
    const headers = { "content-type": "application/json" };
    try {
      return await this.#ask(path, { method: "POST", headers, body });
    } catch {
      return undefined;
    }
  }

  async #ask(path: string, init: RequestInit, patience = TIMEOUT_MS): Promise<Answer> {
    try {
      const answer = await this.#exchange(path, { ...init, signal: AbortSignal.timeout(patience) });
      this.#heard(answer.status < TROUBLE ? "up" : "down");
      return answer;
    } catch (error) {
      this.#heard("down");
      throw error;
    }
  }

  async #exchange(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      ...init,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
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
  const known: readonly SlipAnswer[] = ["ready", "unknown", "spent", "void", "not_open", "closed"];
  const said = known.find((one) => one === status);
  if (answer.status === 200 && said !== undefined) return said;
  if (answer.status === NO_DEVICE) return "revoked";
  return answer.status >= 500 ? "unreachable" : "failed";
}

/** Read the answer about a ballot; a server in trouble may be asked again, since it takes each ballot once only. */
export function castAnswer(answer: Answer): CastAnswer {
  const status = member(answer, "status");
  const receipt = member(answer, "receipt");
  if (answer.status === 200 || answer.status === 201) {
    if (status === "accepted" && typeof receipt === "string") return { kind: "accepted", receipt };
  }
  return refusal(answer);
}

/** Read the answer about a ballot that is to be opened. */
export function challengeAnswer(answer: Answer): ChallengeAnswer {
  const status = member(answer, "status");
  const receipt = member(answer, "receipt");
  if (typeof receipt === "string") {
    if ((answer.status === 200 || answer.status === 201) && status === "challenged") return { kind: "challenged", receipt };
    if (answer.status === CONFLICT && status === "cast") return { kind: "cast", receipt };
  }
  const held = answer.status === CONFLICT || answer.status === TOO_MANY ? HELD.find((one) => one === status) : undefined;
  return held === undefined ? refusal(answer) : { kind: "held", problem: held };
}

function refusal(answer: Answer): { readonly kind: "unreachable" } | { readonly kind: "refused"; readonly problem: Problem } {
  const status = member(answer, "status");
  const known: readonly Problem[] = ["spent", "void", "full", "challenged", "closed", "not_open", "unknown", "rejected"];
  const problem = known.find((one) => one === status);
  if (answer.status >= 400 && problem !== undefined) return { kind: "refused", problem };
  if (answer.status === NO_DEVICE) return { kind: "refused", problem: "revoked" };
  return answer.status >= 500 ? { kind: "unreachable" } : { kind: "refused", problem: "failed" };
}
