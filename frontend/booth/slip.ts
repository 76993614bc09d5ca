/** A slip gives its credential by its QR code or, where that fails, by the voter's own typing. */

import { groupCredential, isCredential } from "../protocol/index.ts";

/** What people type between the groups: spaces, hyphens and dashes of any kind. */
const BETWEEN_GROUPS = /[\s\-\u2010-\u2015\u2212]/g;

/** The credential in a scanned or typed text, or undefined when it has not the form of one. */
export function readSlip(text: string): string | undefined {
  const characters = text.replace(BETWEEN_GROUPS, "");
  if (characters.length !== 22) return undefined;
  const credential = groupCredential(characters);
  return isCredential(credential) ? credential : undefined;
}
