/** Reading an archive: each event with the records it needs, nothing more, and every link holds (section 4). */

import { shaHex } from "../hash.ts";
import { demand } from "../refusal.ts";
import { type Event, type EventType, RECORDS, readEvent } from "./event.ts";
import { HEADER_NAME, readHeader } from "./header.ts";
import { type Member, unframe } from "./tar.ts";

/** An event, its own hash, and its records in order. */
export interface Entry {
  readonly type: EventType;
  readonly height: number;
  readonly hash: string;
  readonly records: readonly string[];
}

/** When the archive was begun, in Unix seconds. */
export function readTimestamp(archive: Uint8Array): number {
  const first = unframe(archive).next();
  demand(first.done !== true && first.value.name === HEADER_NAME, "Unreadable", "not an election archive");
  return readHeader(first.value.content);
}

/**
 * The entries of an archive, read one at a time.
 *
 * @throws Refusal `Unreadable` for what is no archive, `BrokenChain` where a link does not hold.
 */
export function* readArchive(archive: Uint8Array): Generator<Entry> {
  const timestamp = readTimestamp(archive);
  let records: string[] = [];
  let last: Entry | undefined;
  let isHeader = true;
  for (const member of unframe(archive)) {
    demand(member.modified === timestamp, "Unreadable", "a record with a time of its own");
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (isRecord(member)) {
      records.push(member.content);
      continue;
    }
    last = linked(member.content, records, last);
    records = [];
    yield last;
  }
  demand(records.length === 0, "BrokenChain", "records that no event refers to");
}

/** Whether a member is a record, else it is an event; its name must be the hash of its content. */
function isRecord({ name, content }: Member): boolean {
  const found = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name);
  demand(found !== null, "Unreadable", "a member with another name");
  demand(found[1] === shaHex(content), "BrokenChain", "a record was changed");
  return found[2] === "data";
}

function linked(source: string, records: readonly string[], last: Entry | undefined): Entry {
  const event: Event = readEvent(source);
  const payload = records.at(-1);
  demand(event.height === (last ? last.height + 1 : 0), "BrokenChain", "an event with another height");
  demand(event.parent === last?.hash, "BrokenChain", "an event that does not follow the one before");
  demand(records.length === RECORDS[event.type], "BrokenChain", "an event with other records than it needs");
  const named = event.payload === (payload === undefined ? undefined : shaHex(payload));
  demand(named, "BrokenChain", "an event that names another record");
  return { type: event.type, height: event.height, hash: shaHex(source), records };
}
