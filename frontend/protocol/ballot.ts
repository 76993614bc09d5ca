/** A ballot: one answer of ciphertexts and proofs per question, signed by the slip's credential (section 8). */

import { type Ciphertext, ciphertextJson, ciphertextText, readCiphertext } from "./elgamal.ts";
import type { Election } from "./election.ts";
import { type Point, pointText, readKey } from "./group.ts";
import { shaBase64 } from "./hash.ts";
import { type Json, type JsonObject, parse, serialize } from "./json.ts";
import { demand } from "./refusal.ts";
import { type Proof, proofJson, readProof } from "./schnorr.ts";
import { list, members, text } from "./shape.ts";

/** The answer to one question; with a blank choice it stands first, and `blankProof` is there. */
export interface Answer {
  readonly choices: readonly Ciphertext[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly blankProof?: readonly Proof[];
}

export interface UnsignedBallot {
  readonly electionUuid: string;
  readonly electionHash: string;
  readonly credential: Point;
  readonly answers: readonly Answer[];
}

export interface Ballot extends UnsignedBallot {
  readonly signature: { readonly hash: string; readonly proof: Proof };
}

/** S0: what ties every proof of a ballot to its election and credential. */
export function ballotContext(election: Election, credential: Point): string {
  return `${election.fingerprint}|${pointText(credential)}`;
}

/** S: S0 and all ciphertexts of one answer. */
export function answerContext(context: string, choices: readonly Ciphertext[]): string {
  return `${context}|${choices.map(ciphertextText).join(",")}`;
}

/** The hash that the credential signs. */
export function signedHash(ballot: UnsignedBallot): string {
  return shaBase64(serialize(unsignedJson(ballot)));
}

/** Prefix of the signature's challenge. */
export function signaturePrefix(hash: string): string {
  return `sig|${hash}|`;
}

/** The smart ballot tracker of a ballot's exact text: the receipt code, 43 characters. */
export function tracker(ballotText: string): string {
  return shaBase64(ballotText);
}

/** The canonical text of a ballot. */
export function ballotText(ballot: Ballot): string {
  const { hash, proof } = ballot.signature;
  return serialize({ ...unsignedJson(ballot), signature: { hash, proof: proofJson(proof) } });
}

function unsignedJson(ballot: UnsignedBallot): JsonObject {
  return {
    election_uuid: ballot.electionUuid,
    election_hash: ballot.electionHash,
    credential: pointText(ballot.credential),
    answers: ballot.answers.map(answerJson),
  };
}

function answerJson(answer: Answer): JsonObject {
  return {
    choices: answer.choices.map(ciphertextJson),
    individual_proofs: answer.individualProofs.map((proofs) => proofs.map(proofJson)),
    overall_proof: answer.overallProof.map(proofJson),
    ...(answer.blankProof && { blank_proof: answer.blankProof.map(proofJson) }),
  };
}

/**
 * Read a ballot from its exact text.
 *
 * Stricter than the original, which lets other spellings and unknown members pass inside answers: a ballot has
 * one spelling only, so it cannot carry any message besides the vote.
 */
export function readBallot(source: string): Ballot {
  const found = members(parse(source), "ballot", [
    "election_uuid",
    "election_hash",
    "credential",
    "answers",
    "signature",
  ]);
  const signature = members(found.signature, "signature", ["hash", "proof"]);
  return {
    electionUuid: text(found.election_uuid, "election identifier"),
    electionHash: text(found.election_hash, "election fingerprint"),
    credential: readKey(found.credential),
    answers: list(found.answers, "answers", readAnswer),
    signature: { hash: text(signature.hash, "signed hash"), proof: readProof(signature.proof) },
  };
}

function readAnswer(value: Json): Answer {
  const found = members(value, "answer", ["choices", "individual_proofs", "overall_proof", "blank_proof?"]);
  const proofs = (entry: Json): readonly Proof[] => list(entry, "proof", readProof);
  const choices = list(found.choices, "choices", readCiphertext);
  // Without randomness in alpha anyone could read the vote.
  demand(choices.every(({ alpha }) => !alpha.is0()), "InvalidPoint", "a choice that is not secret");
  return {
    choices,
    individualProofs: list(found.individual_proofs, "individual proofs", proofs),
    overallProof: proofs(found.overall_proof),
    ...(found.blank_proof !== undefined && { blankProof: proofs(found.blank_proof) }),
  };
}
