/** Everything that happened to the election, in order, each event sealed to the one before (section 4). */

import { parse, serialize } from "../json.ts";
import { demand } from "../refusal.ts";
import { count, digest, members, text } from "../shape.ts";

/** How many records precede an event of each type; the last of them is its payload. */
export const RECORDS = {
  Setup: 4,
  Ballot: 1,
  EndBallots: 0,
  EncryptedTally: 2,
  PartialDecryption: 2,
  Result: 1,
} as const;

export type EventType = keyof typeof RECORDS;

/** `parent` is the SHA-256 of the event before, `payload` that of its last record; both in hexadecimal. */
export interface Event {
  readonly parent?: string;
  readonly height: number;
  readonly type: EventType;
  readonly payload?: string;
}

export function eventText({ parent, height, type, payload }: Event): string {
  return serialize({
    ...(parent !== undefined && { parent }),
    height,
    type,
    ...(payload !== undefined && { payload }),
  });
}

export function readEvent(source: string): Event {
  const found = members(parse(source), "event", ["parent?", "height", "type", "payload?"]);
  const type = text(found.type, "type of event");
  demand(type in RECORDS, "BrokenChain", `an event of unknown type ${type}`);
  return {
    ...(found.parent !== undefined && { parent: digest(found.parent, "parent") }),
    height: count(found.height, "height"),
    type: type as EventType,
    ...(found.payload !== undefined && { payload: digest(found.payload, "payload") }),
  };
}
