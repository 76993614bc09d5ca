import assert from "node:assert/strict";
import { test } from "node:test";

import { slipIn } from "../entrance/slip.ts";

const CODE = "abcd-efgh-ijkm-npqr";

test("A scanned slip gives its login and its code", () => {
  assert.deepEqual(slipIn(`#birgit.lund:${CODE}`), { login: "birgit.lund", code: CODE });
  assert.deepEqual(slipIn("#a_-9:2345-6789-wxyz-stuv"), { login: "a_-9", code: "2345-6789-wxyz-stuv" });
});

test("Nothing else in an address is taken for a slip", () => {
  const others = [
    "",
    "#",
    "#main",
    `birgit:${CODE}`,
    `#birgit ${CODE}`,
    `#b:${CODE}`,
    `#Birgit:${CODE}`,
    `#bírgit:${CODE}`,
    `#.birgit:${CODE}`,
    `#${"b".repeat(61)}:${CODE}`,
    `#birgit:${CODE}-abcd`,
    `#birgit:${CODE}\n`,
    `#birgit:${CODE}&next=/`,
    `#birgit:${CODE.toUpperCase()}`,
    `#birgit:${CODE.replaceAll("-", "")}`,
    "#birgit:abcd-efgh-ijkl-nopq",
    "#birgit:en lang og god sætning",
    `#birgit:birgit:${CODE}`,
    `#birgit%3A${CODE}`,
  ];
  for (const other of others) assert.equal(slipIn(other), null, other);
});
