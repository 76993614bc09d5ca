/** What somebody typed or held up to the camera is read as a receipt: by its words, its signs, or the address of this page. */

import { BITS, COUNT, SIGN_BITS, SIGNS, SIGNS_READ } from "../booth/receipt.ts";
import { PLACES } from "./spellings.ts";

export { wordsOf } from "../booth/receipt.ts";

const CODE = /^[A-Za-z0-9+/]{43}$/;

/** `start` are the signs with which the receipt begins: all of them, or as many as the words say. */
export type Reading =
  | { readonly kind: "start"; readonly start: string }
  | { readonly kind: "unknown"; readonly word: string }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "unreadable" };

/**
 * Read a receipt; `page` is the address of this page without what stands after `#`.
 *
 * The host is not compared: at the polling station the house has another one than at home.
 */
export function readReceipt(text: string, page: string): Reading {
  const plain = text.normalize("NFC").trim();
  if (plain.includes("://")) return readAddress(plain, page);
  const words = plain.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== "");
  const places = words.map((word) => PLACES.get(word));
  const isWords = words.length === COUNT;
  if (isWords && !places.includes(undefined)) return { kind: "start", start: startOf(places as number[]) };
  const signs = plain.replace(/\s/g, "");
  if (CODE.test(signs)) return { kind: "start", start: signs };
  const stranger = words.find((_, place) => isWords && places[place] === undefined);
  return stranger === undefined ? { kind: "unreadable" } : { kind: "unknown", word: stranger };
}

/** The receipts of the list that begin so: one, none, or by words in a rare case several. */
export function matching(list: readonly string[], start: string): readonly string[] {
  return list.filter((code) => code.startsWith(start));
}

/** What two lists say of a receipt: `both` is what may never be, a ballot that was opened and is in the urn all the same. */
export type Standing = "found" | "opened" | "missing" | "both";

export function standingOf(cast: readonly string[], opened: readonly string[], start: string): Standing {
  const found = matching(cast, start);
  if (found.some((code) => opened.includes(code))) return "both";
  if (found.length > 0) return "found";
  return matching(opened, start).length > 0 ? "opened" : "missing";
}

/** The receipts in the published list; each line is a receipt and, for people, its words. */
export function readList(text: string): readonly string[] {
  return text.split("\n").map((line) => line.slice(0, line.indexOf(" "))).filter((code) => CODE.test(code));
}

/** The codes of the ballots that were opened to check a tablet, of the list of their hashes (docs/challenge.md). */
export function readOpened(text: string): readonly string[] {
  const { challenged } = JSON.parse(text) as { readonly challenged: readonly string[] };
  return challenged.map((hash) => {
    const bytes = (hash.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
    return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  });
}

function startOf(places: readonly number[]): string {
  const number = places.reduce((sum, place) => (sum << BITS) | BigInt(place), 0n);
  let start = "";
  for (let place = SIGNS_READ - 1; place >= 0; place -= 1) {
    start += SIGNS[Number((number >> (SIGN_BITS * BigInt(place))) & 63n)] ?? "";
  }
  return start;
}

function readAddress(text: string, page: string): Reading {
  const [address = "", code = ""] = text.split("#", 2);
  if (!CODE.test(code)) return { kind: "unreadable" };
  return pathOf(address) === pathOf(page) ? { kind: "start", start: code } : { kind: "elsewhere" };
}

/** What stands between the host and a question or a `#`. */
function pathOf(address: string): string {
  return address.slice(address.indexOf("://") + 3).replace(/^[^/]*/, "").replace(/[?#].*$/, "");
}
