import assert from "node:assert/strict";
import { test } from "node:test";

import { codeIn } from "../join/code.ts";

test("A scanned invitation fills in its code, and nothing else in an address does", () => {
  assert.equal(codeIn("#ABCD-EFGH-JKLM-NPQR-STUV"), "ABCD-EFGH-JKLM-NPQR-STUV");
  for (const other of ["", "#", "#main?", "#<b>", "#%41", "#a b", `#${"A".repeat(61)}`]) assert.equal(codeIn(other), "");
});
