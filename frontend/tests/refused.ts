/** Expecting a refusal for a stated reason. */

import assert from "node:assert/strict";

import { Refusal, type RefusalCode } from "../protocol/index.ts";

export function refused(act: () => unknown, ...codes: readonly RefusalCode[]): void {
  assert.throws(act, (error: unknown) => {
    if (!(error instanceof Refusal)) return false;
    return codes.length === 0 || codes.includes(error.code);
  });
}
