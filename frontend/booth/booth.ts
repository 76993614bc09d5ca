/** The booth at work: every event goes through the reducer, every command out to the server or the sealing. */

import { type RandomBytes, Refusal, warmUp } from "../protocol/index.ts";
import { type Offering, UnfitOffering, readOffering } from "./offering.ts";
import { type Patience, patience } from "./patience.ts";
import { reduce } from "./reducer.ts";
import type { Sealer } from "./sealer.ts";
import { askAbout } from "./sealing.ts";
import { type BoothServer, NoDevice } from "./server.ts";
import { BEGINNING, type Command, type Event, type SlipAnswer, type State } from "./state.ts";

/**
 * What a booth works with; `painted` resolves when the page has shown its last state, `print` says whether the
 * browser could print what is on the sheet, `every` does something again and
 * again after so many milliseconds and gives what ends it.
 */
export interface Equipment {
  readonly server: BoothServer;
  readonly random: RandomBytes;
  readonly sealer: Pick<Sealer, "prepare" | "seal" | "abandon" | "forget" | "stop">;
  readonly show: (state: State) => void;
  readonly painted: () => Promise<void>;
  readonly print: () => boolean;
  readonly every: (milliseconds: number, act: () => void) => () => void;
}

/**
 * How often the tablet says that it is on, in milliseconds. By the clock alone, from the moment the page was opened:
 * no voter makes it come sooner or later, so nobody can read from it when somebody voted.
 */
export const BEAT_MS = 20_000;

/** A network that comes and goes, an election that is looked at again, a recording that has come. */
const BY_ITSELF: ReadonlySet<Event["type"]> = new Set(["link", "loaded", "audible"]);

/** The steps for which a ballot is sealed, or lies sealed. */
const SEALING: ReadonlySet<State["step"]["name"]> = new Set(["review", "decide"]);

export class Booth {
  readonly #equipment: Equipment;
  #state: State = BEGINNING;
  #waiting: { readonly patience: Patience; timer: ReturnType<typeof setTimeout> } | undefined;
  #loading: ReturnType<typeof setTimeout> | undefined;
  #sending: ReturnType<typeof setTimeout> | undefined;
  #stopBeating: (() => void) | undefined;

  constructor(equipment: Equipment) {
    this.#equipment = equipment;
  }

  /** Begin by asking what is voted on. */
  start(): void {
    this.#equipment.show(this.#state);
    this.#carryOut({ type: "load", after: 0 });
    this.#stopBeating = this.#equipment.every(BEAT_MS, () => void this.#beat());
    void this.#equipment.painted().then(warmUp);
  }

  /** Put the tablet away: nothing happens any more by itself. */
  stop(): void {
    clearTimeout(this.#waiting?.timer);
    clearTimeout(this.#loading);
    clearTimeout(this.#sending);
    this.#equipment.sealer.stop();
    this.#stopBeating?.();
  }

  readonly dispatch = (event: Event): void => {
    const before = this.#state;
    const [state, command] = reduce(before, event);
    this.#state = state;
    this.#mindSealer(before, state);
    if (state !== before) {
      this.#equipment.show(state);
      // What happens by itself makes nobody's screen stay longer, unless it shows another one.
      if (!BY_ITSELF.has(event.type) || state.step.name !== before.step.name) this.#wait();
    }
    if (command) this.#carryOut(command);
  };

  /** What sealed for a voter knows her slip: it ends with her, wherever she leaves, and when she casts or challenges. */
  #mindSealer(before: State, { step, visit }: State): void {
    const { sealer } = this.#equipment;
    if (visit !== before.visit) return sealer.forget();
    if (!SEALING.has(before.step.name) || SEALING.has(step.name)) return;
    if (step.name === "choose") sealer.abandon();
    else sealer.forget();
  }

  /** Somebody touched the tablet. */
  readonly touched = (): void => {
    if (this.#waiting?.patience.restarts) this.#wait();
  };

  #wait(): void {
    clearTimeout(this.#waiting?.timer);
    const next = patience(this.#state);
    this.#waiting = next && { patience: next, timer: setTimeout(() => this.dispatch(next.event), next.after) };
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case "load":
        clearTimeout(this.#loading);
        this.#loading = setTimeout(() => void this.#load(), command.after);
        break;
      case "ask":
        void this.#ask(command);
        break;
      case "seal":
        void this.#seal(command);
        break;
      case "send":
        clearTimeout(this.#sending);
        this.#sending = setTimeout(() => void this.#send(command), command.after);
        break;
      case "print":
        void this.#print(command);
        break;
      case "challenge":
        clearTimeout(this.#sending);
        this.#sending = setTimeout(() => void this.#challenge(command), command.after);
        break;
    }
  }

  async #beat(): Promise<void> {
    try {
      this.dispatch({ type: "alive", status: await this.#equipment.server.alive() });
    } catch (error) {
      // A server out of reach is asked again at the next beat; a voter is told when she needs it.
      if (error instanceof NoDevice) this.dispatch({ type: "revoked" });
    }
  }

  async #load(): Promise<void> {
    try {
      const answer = await this.#equipment.server.election();
      const offering = readOffering(answer, this.#state.offering?.election);
      this.dispatch({ type: "loaded", offering });
      if (offering.election) this.#equipment.sealer.prepare(offering.election.text);
    } catch (error) {
      this.dispatch({ type: "load_failed", problem: whyNotLoaded(error) });
    }
  }

  get #election(): NonNullable<Offering["election"]> {
    const election = this.#state.offering?.election;
    if (election === undefined) throw new Error("no election is loaded");
    return election;
  }

  async #ask({ visit, credential }: Extract<Command, { type: "ask" }>): Promise<void> {
    const answer = await this.#answerTo(credential);
    this.dispatch({ type: "slip_answered", visit, answer });
  }

  async #answerTo(credential: string): Promise<SlipAnswer> {
    try {
      return await this.#equipment.server.slip(askAbout(this.#election, credential, this.#equipment.random));
    } catch {
      return "failed";
    }
  }

  async #seal({ visit, review, credential, marks }: Extract<Command, { type: "seal" }>): Promise<void> {
    const committed = await this.#equipment.sealer.seal(this.#election.text, credential, marks);
    this.dispatch(committed ? { type: "sealed", visit, review, committed } : { type: "seal_failed", visit, review });
  }

  async #send({ visit, sealed }: Extract<Command, { type: "send" }>): Promise<void> {
    if (visit !== this.#state.visit) return; // the voter has gone, and what she has not handed in herself is not handed in
    this.dispatch({ type: "cast_answered", visit, answer: await this.#equipment.server.cast(sealed.text) });
  }

  async #print({ visit }: Extract<Command, { type: "print" }>): Promise<void> {
    const { name } = this.#state.step;
    await this.#equipment.painted();
    // Another step has another sheet, or none.
    if (visit !== this.#state.visit || name !== this.#state.step.name) return;
    if (!this.#equipment.print()) this.dispatch({ type: "paperless", visit });
  }

  async #challenge({ visit, ballot }: Extract<Command, { type: "challenge" }>): Promise<void> {
    if (visit !== this.#state.visit) return;
    this.dispatch({ type: "challenge_answered", visit, ballot, answer: await this.#equipment.server.challenge(ballot) });
  }
}

function whyNotLoaded(error: unknown): "revoked" | "unfit" | "unreachable" {
  if (error instanceof NoDevice) return "revoked";
  return error instanceof UnfitOffering || error instanceof Refusal ? "unfit" : "unreachable";
}
