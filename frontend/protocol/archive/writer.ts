/** Writing an archive that anybody can check, with the original's program too (section 4). */

import { type PartialDecryption, decryptionText, ownedText } from "../decryption.ts";
import { shaHex } from "../hash.ts";
import { type Counts, resultText } from "../result.ts";
import { type EncryptedTally, sizedText, tallyText } from "../tally.ts";
import { type EventType, eventText } from "./event.ts";
import { HEADER_NAME, headerText } from "./header.ts";
import { type Setup, setupText } from "./setup.ts";
import { frame } from "./tar.ts";

/** Appends one event after the other; the caller keeps to the order of an election. */
export class ArchiveWriter {
  readonly #timestamp: number;
  readonly #parts: Uint8Array[];
  #height = 0;
  #parent: string | undefined;

  /** Begin an archive at `timestamp`, Unix seconds: the only time that will stand in it. */
  constructor(timestamp: number) {
    this.#timestamp = timestamp;
    this.#parts = [frame({ name: HEADER_NAME, content: headerText(timestamp) }, timestamp)];
  }

  setup(setup: Setup): void {
    this.append("Setup", [setup.election, setup.trustees, setup.credentials, setupText(setup)]);
  }

  /** Ballots are given in the order of their hashes, which tells nothing about when they were cast. */
  ballot(text: string): void {
    this.append("Ballot", [text]);
  }

  endBallots(): void {
    this.append("EndBallots", []);
  }

  encryptedTally(tally: EncryptedTally, counted: number): void {
    this.append("EncryptedTally", [tallyText(tally), sizedText(tally, counted)]);
  }

  partialDecryption(owner: number, decryption: PartialDecryption): void {
    const text = decryptionText(decryption);
    this.append("PartialDecryption", [text, ownedText(owner, text)]);
  }

  result(counts: Counts): void {
    this.append("Result", [resultText(counts)]);
  }

  /** Append an event with its records, the last of which is its payload. */
  append(type: EventType, records: readonly string[]): void {
    const payload = records.at(-1);
    const event = eventText({
      ...(this.#parent !== undefined && { parent: this.#parent }),
      height: this.#height,
      type,
      ...(payload !== undefined && { payload: shaHex(payload) }),
    });
    for (const content of records) this.#add("data", content);
    this.#add("event", event);
    this.#parent = shaHex(event);
    this.#height += 1;
  }

  #add(kind: "data" | "event", content: string): void {
    this.#parts.push(frame({ name: `${shaHex(content)}.${kind}.json`, content }, this.#timestamp));
  }

  /** The archive so far. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((size, part) => size + part.length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}
