/** Who may vote, known only by public keys, in an order that tells nothing (section 5). */

import { type Point, pointText, readKey } from "./group.ts";
import { parse, serialize } from "./json.ts";
import { demand } from "./refusal.ts";
import { list, text } from "./shape.ts";

/**
 * Read the published list into the set of its texts.
 *
 * Weights are refused: in a direct election each voter has one vote. So are doubled credentials, and any order
 * but that of the keys' bytes, since another order could say who drew which slip.
 */
export function readCredentials(source: string): ReadonlySet<string> {
  const keys = list(parse(source), "public credentials", (entry) => {
    const found = text(entry, "public credential");
    demand(!found.includes(","), "InvalidElection", "a credential with a weight or a name");
    readKey(found);
    return found;
  });
  const inOrder = keys.every((key, i) => i === 0 || byteOrder(keys[i - 1] as string) < byteOrder(key));
  demand(inOrder, "InvalidElection", "public credentials doubled or out of order");
  return new Set(keys);
}

/** The exact text of the list of these credentials. */
export function credentialsText(credentials: readonly Point[]): string {
  const keys = credentials.map(pointText);
  return serialize(keys.sort((one, other) => (byteOrder(one) < byteOrder(other) ? -1 : 1)));
}

/** The little-endian bytes of a point, in which the list is sorted. */
function byteOrder(point: string): string {
  return (point.match(/../g) ?? []).reverse().join("");
}

