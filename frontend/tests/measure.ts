/** Texts in, one JSON string a line; counts out: what the tests hold against the Python that decides. */

import { createInterface } from "node:readline";

import { countCharacters, countStatement } from "../stand/count.ts";

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line) as string;
  console.log(JSON.stringify([countCharacters(text), countStatement(text)]));
}
