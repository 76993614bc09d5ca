/** The archive begins by saying what it is and when it was begun; that time is the only one in it (section 4). */

import { parse, serialize } from "../json.ts";
import { demand } from "../refusal.ts";
import { count, members } from "../shape.ts";

export const HEADER_NAME = "BELENIOS";

/** The header for an archive begun at `timestamp`, in Unix seconds. */
export function headerText(timestamp: number): string {
  return serialize({ version: 1, timestamp: String(timestamp) });
}

/** The timestamp, written as text by version 3.3.0 and as a number by others. */
export function readHeader(source: string): number {
  const { version, timestamp } = members(parse(source), "archive header", ["version", "timestamp"]);
  const digits = typeof timestamp === "string" ? timestamp : String(count(timestamp, "timestamp"));
  demand(version === 1, "Unreadable", "an archive of another version");
  demand(/^(0|[1-9][0-9]{0,10})$/.test(digits), "Unreadable", "an archive without its time");
  // Eleven octal digits in each frame, up to the year 2242.
  demand(Number(digits) < 8 ** 11, "Unreadable", "an archive without its time");
  return Number(digits);
}
