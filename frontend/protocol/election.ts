/** What is voted on, with which key, fixed before the poll opens and known by its fingerprint (section 5). */

import { type Point, pointText, prepare, readKey } from "./group.ts";
import { shaBase64 } from "./hash.ts";
import type { Interval } from "./interval.ts";
import { type Json, type JsonObject, parse, serialize } from "./json.ts";
import { demand } from "./refusal.ts";
import { count, list, members, text } from "./shape.ts";

export const GROUP = "Ed25519";

/** A homomorphic question: between `least` and `most` of the answers, or, where `blank` is set, none at all. */
export interface Question extends Interval {
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
}

/** What an election is made of. */
export interface ElectionTerms {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly publicKey: Point;
  readonly questions: readonly Question[];
  readonly administrator?: string;
  readonly credentialAuthority?: string;
}

/** An election as published: its exact text, and the fingerprint phi of that text. */
export interface Election extends ElectionTerms {
  readonly text: string;
  readonly fingerprint: string;
}

/** The number of ciphertexts in an answer to this question: one per candidate, and one for a blank vote. */
export function positions(question: Question): number {
  return question.answers.length + (question.blank ? 1 : 0);
}

/** Read an election from its exact text. */
export function readElection(source: string): Election {
  const found = members(parse(source), "election", [
    "version",
    "description",
    "name",
    "group",
    "public_key",
    "questions",
    "uuid",
    "administrator?",
    "credential_authority?",
    "language?",
  ]);
  demand(found.version === 1, "InvalidElection", "another version of the protocol");
  demand(found.group === GROUP, "InvalidElection", "another group");
  const { administrator, credential_authority: credentialAuthority, language } = found;
  const hasLanguage = language === undefined || list(language, "language", (part) => text(part, "language")).length === 2;
  demand(hasLanguage, "Malformed", "language is not a pair");
  const questions = list(found.questions, "questions", readQuestion);
  // The protocol has room for more; a direct election to a council asks one thing, and nothing else was tried here.
  demand(questions.length === 1, "InvalidElection", "not one question");
  return {
    text: source,
    fingerprint: shaBase64(source),
    uuid: readUuid(found.uuid),
    name: text(found.name, "name"),
    description: text(found.description, "description"),
    publicKey: prepare(readKey(found.public_key)),
    questions,
    ...(administrator !== undefined && { administrator: text(administrator, "administrator") }),
    ...(credentialAuthority !== undefined && {
      credentialAuthority: text(credentialAuthority, "credential authority"),
    }),
  };
}

function readUuid(value: Json): string {
  const uuid = text(value, "uuid");
  demand(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid), "InvalidElection", "not an election identifier");
  return uuid;
}

function readQuestion(value: Json): Question {
  const found = members(value, "question", ["answers", "blank?", "min", "max", "question"]);
  const answers = list(found.answers, "answers", (answer) => text(answer, "answer"));
  const least = count(found.min, "min");
  const most = count(found.max, "max");
  demand(found.blank === undefined || found.blank === true, "Malformed", "blank is true or it is left out");
  demand(least <= most && 1 <= most && most <= answers.length, "InvalidElection", "an impossible question");
  return { question: text(found.question, "question"), answers, blank: found.blank === true, least, most };
}

/** The exact text of an election with these terms. */
export function electionText(terms: ElectionTerms): string {
  const { administrator, credentialAuthority } = terms;
  return serialize({
    version: 1,
    description: terms.description,
    name: terms.name,
    group: GROUP,
    public_key: pointText(terms.publicKey),
    questions: terms.questions.map(questionJson),
    uuid: terms.uuid,
    ...(administrator !== undefined && { administrator }),
    ...(credentialAuthority !== undefined && { credential_authority: credentialAuthority }),
  });
}

function questionJson({ question, answers, blank, least, most }: Question): JsonObject {
  return { answers, ...(blank && { blank }), min: least, max: most, question };
}
