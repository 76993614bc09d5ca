/**
 * Check a whole election from its archive: whoever reads this file has read what is checked, in order.
 *
 * The page reads and links, keeps repeats apart and adds up; what takes long it asks of a pool of workers. Ballots are
 * handed out in blocks, and their verdicts taken in the order of the archive, so that the first wrong one is the one that
 * is told.
 */

import { type Event, type Kind, readArchive } from "./archive.ts";
import { base64OfHex, hashHex } from "./bytes.ts";
import { type SumTexts, checkSum, noSum, readOwner } from "./count.ts";
import { readOpenedList } from "./opened.ts";
import type { Pool } from "./pool.ts";
import { type Reason, Refusal, demand } from "./refusal.ts";
import { type Setup, readSetup } from "./setup.ts";
import type { Described } from "./work.ts";

/** The parts that people are told of, in order. */
export const STEPS = ["file", "setup", "slips", "ballots", "sum", "opening", "result"] as const;
export type Step = (typeof STEPS)[number];

/** What was found so far; `counts` are there when all of it holds. */
export interface Found {
  readonly about: Described | undefined;
  readonly slips: number;
  readonly ballots: number;
  readonly openings: number;
  /** How many ballots were opened to check a tablet, where the list of them was given. */
  readonly opened: number | undefined;
  /** The hash over their hashes, as the board signed it beside that of the urn; undefined where none were opened. */
  readonly openedHash: string | undefined;
  readonly counts: readonly number[] | undefined;
  readonly lastKind: Kind | undefined;
  readonly lastHash: string;
  /** The hash of the urn, as the board signed it at the close. */
  readonly urnHash: string;
}

export interface Progress {
  /** Bytes. */
  readonly read: number;
  readonly slips: number;
  readonly ballots: number;
}

export interface Watcher {
  readonly progress: (now: Progress) => void;
  readonly passed: (step: Step, found: Found) => void;
}

/** Which ballot, when it is one: its number in the archive from 1, and its receipt code. */
export interface Wrong {
  readonly step: Step;
  readonly reason: Reason;
  readonly ballot: { readonly number: number; readonly code: string } | undefined;
}

export type Verdict =
  | { readonly kind: "accepted"; readonly found: Found }
  /** All of it holds, but the result is not in it: an archive from before the end, or one that was cut. */
  | { readonly kind: "soFar"; readonly found: Found }
  | { readonly kind: "refused"; readonly wrong: Wrong; readonly found: Found };

/**
 * Check the archive that comes in this stream. Never throws a Refusal: it is the verdict.
 *
 * @param list the published list of opened ballots (challenges.json), where it is at hand: none of them may be in the archive.
 */
export async function verify(
  stream: ReadableStream<Uint8Array>,
  pool: Pool,
  watcher: Watcher,
  list?: string,
): Promise<Verdict> {
  const check = new Check(pool, watcher, list);
  try {
    await check.run(stream);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", wrong: check.wrong(error), found: check.found() };
  }
  const found = check.found();
  return { kind: found.counts === undefined ? "soFar" : "accepted", found };
}

/** One hash for a set of hashes, whatever their order. */
function hashOver(hashes: ReadonlySet<string>): string {
  return hashHex([...hashes].sort().map((hash) => `${hash}\n`).join(""));
}

const BALLOTS_IN_BLOCK = 16;
/** Signs: a block of large ballots has fewer. */
const LARGEST_BLOCK = 1024 * 1024;
const SLIPS_IN_BLOCK = 128;

/** A refusal that knows which ballot it is about. */
class BallotRefusal extends Refusal {
  readonly ballot: { readonly number: number; readonly code: string };

  constructor(reason: Reason, number: number, hash: string) {
    super(reason);
    this.ballot = { number, code: base64OfHex(hash) };
  }
}

interface Waiting {
  readonly hashes: readonly string[];
  readonly texts: readonly string[];
}

class Check {
  readonly #pool: Pool;
  readonly #watcher: Watcher;
  readonly #list: string | undefined;
  #barred: ReadonlySet<string> | undefined;
  #setup: Setup | undefined;
  #about: Described | undefined;
  #known: ReadonlySet<string> = new Set();
  readonly #spent = new Set<string>();
  readonly #hashes = new Set<string>();
  #next: { hashes: string[]; texts: string[] } = { hashes: [], texts: [] };
  /** Blocks at work, in the order of the archive; each is taken before anything behind it. */
  #blocks: Promise<() => Promise<void>>[] = [];
  #sums: SumTexts[] = [];
  #sum: SumTexts = [];
  readonly #opened = new Map<number, readonly string[]>();
  #counts: readonly number[] | undefined;
  #last: Event | undefined;
  #slips = 0;

  constructor(pool: Pool, watcher: Watcher, list: string | undefined) {
    this.#pool = pool;
    this.#watcher = watcher;
    this.#list = list;
  }

  async run(stream: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const event of readArchive(stream)) {
        await this.#take(event);
        this.#last = event;
        this.#tell();
      }
    } catch (error) {
      // What stands before it in the archive comes before it.
      await this.#finishBallots();
      throw error;
    }
    await this.#finishBallots();
    this.#pass("file");
    if (this.#last?.kind === "Ballot") this.#pass("ballots");
  }

  found(): Found {
    return {
      about: this.#about,
      slips: this.#known.size,
      ballots: this.#spent.size,
      openings: this.#opened.size,
      opened: this.#barred?.size,
      openedHash: this.#barred?.size ? hashOver(this.#barred) : undefined,
      counts: this.#counts,
      lastKind: this.#last?.kind,
      lastHash: this.#last?.hash ?? "",
      urnHash: hashOver(this.#hashes),
    };
  }

  wrong(refusal: Refusal): Wrong {
    const ballot = refusal instanceof BallotRefusal ? refusal.ballot : undefined;
    return { step: STEP_OF[refusal.reason], reason: refusal.reason, ballot };
  }

  async #take(event: Event): Promise<void> {
    switch (event.kind) {
      case "Setup":
        return this.#takeSetup(event);
      case "Ballot":
        return this.#takeBallot(event);
      case "EndBallots":
        await this.#finishBallots();
        return this.#pass("ballots");
      case "EncryptedTally":
        checkSum(this.#sum, this.#spent.size, event.records);
        return this.#pass("sum");
      case "PartialDecryption":
        return this.#takeOpening(event);
      case "Result":
        return this.#takeResult(event);
    }
  }

  async #takeSetup({ records }: Event): Promise<void> {
    this.#setup = readSetup(records);
    const { election, trustees } = this.#setup;
    this.#about = await this.#pool.ask("setup", { election, trustees });
    if (this.#list !== undefined) this.#barred = readOpenedList(this.#list, this.#about);
    this.#sum = noSum(this.#about.positions);
    this.#pass("setup");
    const list = await this.#pool.ask("slips", { credentials: this.#setup.credentials });
    const blocks = Array.from({ length: Math.ceil(list.length / SLIPS_IN_BLOCK) }, async (_, i) => {
      const block = list.slice(i * SLIPS_IN_BLOCK, (i + 1) * SLIPS_IN_BLOCK);
      await this.#pool.ask("credentials", { list: block });
      this.#slips += block.length;
      this.#tell();
    });
    await Promise.all(blocks);
    this.#known = new Set(list);
    this.#pass("slips");
  }

  async #takeBallot({ records, hashes }: Event): Promise<void> {
    const [hash, text] = [hashes[0]!, records[0]!];
    if (this.#hashes.has(hash)) throw new BallotRefusal("ballotTwice", this.#hashes.size + 1, hash);
    if (this.#barred?.has(hash)) throw new BallotRefusal("openedCast", this.#hashes.size + 1, hash);
    this.#hashes.add(hash);
    this.#next.hashes.push(hash);
    this.#next.texts.push(text);
    const size = this.#next.texts.reduce((sum, one) => sum + one.length, 0);
    if (this.#next.texts.length === BALLOTS_IN_BLOCK || size > LARGEST_BLOCK) this.#handOut();
    while (this.#blocks.length > 2 * this.#pool.width) await this.#takeBlock();
  }

  #handOut(): void {
    const block = this.#next;
    this.#next = { hashes: [], texts: [] };
    if (block.texts.length === 0) return;
    const asked = this.#pool.ask("ballots", { election: this.#setup!.election, texts: block.texts });
    // Kept as something to be done later, so that a block that fails while others are awaited is no stray error.
    const judged = asked.then(
      (value) => async () => this.#count(block, value.credentials, value.sum, value.refused),
      (error: unknown) => async () => {
        throw error;
      },
    );
    this.#blocks.push(judged);
  }

  async #takeBlock(): Promise<void> {
    const take = await this.#blocks.shift()!;
    try {
      await take();
    } catch (error) {
      // Whatever waits comes later in the archive.
      this.#blocks = [];
      this.#next = { hashes: [], texts: [] };
      throw error;
    }
  }

  async #finishBallots(): Promise<void> {
    this.#handOut();
    while (this.#blocks.length > 0) await this.#takeBlock();
    await this.#addUp();
  }

  async #count(block: Waiting, credentials: readonly string[], sum: SumTexts | null, refused: Reason | null): Promise<void> {
    const wrong = (reason: Reason, place: number): never => {
      throw new BallotRefusal(reason, this.#spent.size + 1, block.hashes[place]!);
    };
    credentials.forEach((credential, place) => {
      if (!this.#known.has(credential)) wrong("unknownCredential", place);
      if (this.#spent.has(credential)) wrong("credentialTwice", place);
      this.#spent.add(credential);
    });
    if (refused !== null) wrong(refused, credentials.length);
    if (sum !== null) this.#sums.push(sum);
    if (this.#sums.length >= BALLOTS_IN_BLOCK) await this.#addUp();
    this.#tell();
  }

  async #addUp(): Promise<void> {
    if (this.#sums.length === 0) return;
    this.#sum = await this.#pool.ask("add", { sums: [this.#sum, ...this.#sums.splice(0)] });
  }

  async #takeOpening({ records }: Event): Promise<void> {
    const owner = readOwner(records);
    demand(!this.#opened.has(owner), "decryptionOwner");
    const { election, trustees } = this.#setup!;
    const factors = await this.#pool.ask("decryption", { election, trustees, owner, sum: this.#sum, record: records[0]! });
    this.#opened.set(owner, factors);
    this.#pass("opening");
  }

  async #takeResult({ records }: Event): Promise<void> {
    const { trustees } = this.#setup!;
    const [sum, ballots, opened] = [this.#sum, this.#spent.size, [...this.#opened]];
    this.#counts = await this.#pool.ask("result", { trustees, sum, ballots, opened, record: records[0]! });
    this.#pass("result");
  }

  #pass(step: Step): void {
    this.#watcher.passed(step, this.found());
  }

  #tell(): void {
    this.#watcher.progress({ read: this.#last?.read ?? 0, slips: this.#slips, ballots: this.#spent.size });
  }
}

/** What each reason is a fault of. */
const STEP_OF: Readonly<Record<Reason, Step>> = {
  notArchive: "file",
  cutOff: "file",
  altered: "file",
  order: "file",
  tooLarge: "file",
  setupLinks: "setup",
  election: "setup",
  trustees: "setup",
  key: "setup",
  credentials: "slips",
  openedList: "setup",
  ballotForm: "ballots",
  ballotPoint: "ballots",
  otherElection: "ballots",
  unknownCredential: "ballots",
  signature: "ballots",
  mark: "ballots",
  marks: "ballots",
  openedCast: "ballots",
  ballotTwice: "ballots",
  credentialTwice: "ballots",
  sum: "sum",
  counted: "sum",
  decryption: "opening",
  decryptionOwner: "opening",
  tooFewDecryptions: "opening",
  result: "result",
};
