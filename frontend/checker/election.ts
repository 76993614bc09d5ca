/** What is voted on, with which key, and how the text that says so is known again (PROTOCOL.md section 5). */

import { hashBase64 } from "./bytes.ts";
import { type Point, point } from "./group.ts";
import { type Json, array, count, members, parse, string } from "./json.ts";
import { Base } from "./multiples.ts";
import { because, demand } from "./refusal.ts";

export interface Election {
  readonly uuid: string;
  readonly name: string;
  /** phi, which every ballot names: 43 characters. */
  readonly fingerprint: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
  /** How many places a ballot has: one for each answer, and before them the blank one. */
  readonly positions: number;
  readonly keyText: string;
  readonly key: Point;
  readonly keyBase: Base;
}

let last: { readonly source: string; readonly election: Election } | undefined;

/** Read an election's text; the last one is kept, for its key is laid out to be multiplied often. */
export function readElection(source: string): Election {
  if (last?.source !== source) last = { source, election: because("election", () => read(source)) };
  return last.election;
}

function read(source: string): Election {
  const [version, description, name, group, publicKey, questions, uuid, administrator, authority, language] = members(
    parse(source),
    ...["version", "description", "name", "group", "public_key", "questions", "uuid"],
    ...["administrator?", "credential_authority?", "language?"],
  );
  demand(count(version) === 1 && group === "Ed25519", "election");
  string(description);
  // A written null is no missing member.
  for (const text of [administrator, authority]) if (text !== undefined) string(text);
  if (language !== undefined) array(language, 2).forEach(string);
  demand(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(string(uuid)), "election");
  const key = point(publicKey);
  return {
    uuid: string(uuid),
    name: string(name),
    fingerprint: hashBase64(source),
    ...readQuestion(array(questions, 1)[0]!),
    keyText: string(publicKey),
    key,
    keyBase: new Base(key),
  };
}

function readQuestion(value: Json): Pick<Election, "question" | "answers" | "blank" | "min" | "max" | "positions"> {
  const [texts, blank, min, max, question] = members(value, "answers", "blank?", "min", "max", "question");
  const answers = array(texts).map(string);
  demand(blank === undefined || blank === true, "election");
  const [least, most] = [count(min), count(max)];
  demand(least <= most && most <= answers.length && most > 0, "election");
  const positions = answers.length + (blank === true ? 1 : 0);
  return { question: string(question), answers, blank: blank === true, min: least, max: most, positions };
}
