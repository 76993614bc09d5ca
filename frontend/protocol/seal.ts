/** In the booth the vote is closed into an encrypted, proven and signed ballot (sections 8 to 10). */

import {
  type Answer,
  type UnsignedBallot,
  answerContext,
  ballotContext,
  ballotText,
  signaturePrefix,
  signedHash,
  tracker,
} from "./ballot.ts";
import { proveBlank } from "./blank.ts";
import type { Credential } from "./credential.ts";
import type { Election, Question } from "./election.ts";
import { type Ciphertext, encrypt, sumCiphertexts } from "./elgamal.ts";
import { type Point, mod } from "./group.ts";
import { NONE_OR_ONE, type Opening, proveInterval } from "./interval.ts";
import { openingText } from "./opening.ts";
import { type RandomBytes, drawScalar } from "./randomness.ts";
import { demand } from "./refusal.ts";
import { type Proof, prove } from "./schnorr.ts";
import { streamOf } from "./stream.ts";
import { type Plaintext, demandLawful } from "./vote.ts";

/** The exact text to send, and the receipt code that belongs to it. */
export interface SealedBallot {
  readonly text: string;
  readonly tracker: string;
}

/** A ballot of one question whose tracker is shown before it is known whether it is cast; `opening` lets anybody seal it again. */
export interface CommittedBallot extends SealedBallot {
  readonly opening: string;
}

/**
 * Seal one plaintext per question; nothing of plaintext, randomness or secret is kept.
 *
 * @throws Refusal `InvalidBallot` when a plaintext is not allowed by its question.
 */
export function sealBallot(
  election: Election,
  credential: Credential,
  plaintexts: readonly Plaintext[],
  random: RandomBytes,
): SealedBallot {
  return sealAndSign(election, credential, plaintexts, random, random).sealed;
}

/**
 * Seal one plaintext so that it can be opened later (docs/challenge.md). A seed is for one ballot.
 *
 * @param random fresh randomness for the signature's nonce: from the seed it would give the slip's secret to whoever sees the opening.
 * @throws Refusal `InvalidBallot` when the plaintext is not allowed.
 */
export function commitBallot(
  election: Election,
  credential: Credential,
  plaintext: Plaintext,
  seed: Uint8Array,
  random: RandomBytes,
): CommittedBallot {
  const { sealed, signature } = sealAndSign(election, credential, [plaintext], streamOf(seed), random);
  return { ...sealed, opening: openingText(election, { credential: credential.publicKey, seed, signature, plaintext }) };
}

function sealAndSign(
  election: Election,
  credential: Credential,
  plaintexts: readonly Plaintext[],
  sealing: RandomBytes,
  signing: RandomBytes,
): { readonly sealed: SealedBallot; readonly signature: Proof } {
  demand(plaintexts.length === election.questions.length, "InvalidBallot", "one answer to each question is needed");
  const context = ballotContext(election, credential.publicKey);
  const unsigned: UnsignedBallot = {
    electionUuid: election.uuid,
    electionHash: election.fingerprint,
    credential: credential.publicKey,
    answers: election.questions.map((question, i) =>
      sealAnswer(context, election.publicKey, question, plaintexts[i] as Plaintext, sealing),
    ),
  };
  const hash = signedHash(unsigned);
  const proof = prove(signaturePrefix(hash), credential.secret, signing);
  const text = ballotText({ ...unsigned, signature: { hash, proof } });
  return { sealed: { text, tracker: tracker(text) }, signature: proof };
}

function sealAnswer(
  context: string,
  key: Point,
  question: Question,
  plaintext: Plaintext,
  random: RandomBytes,
): Answer {
  const openings = demandLawful(question, plaintext).map((mark) => ({
    plaintext: mark,
    randomness: drawScalar(random),
  }));
  const choices = openings.map((opening) => encrypt(key, opening.plaintext, opening.randomness));
  const individualProofs = choices.map((choice, i) =>
    proveInterval(context, key, choice, openings[i] as Opening, NONE_OR_ONE, random),
  );
  const whole = answerContext(context, choices);
  return { choices, individualProofs, ...proveWhole(whole, key, question, choices, openings, random) };
}

/** The proofs about the answer as a whole: with a blank choice those of section 10, else that of section 9. */
function proveWhole(
  context: string,
  key: Point,
  question: Question,
  choices: readonly Ciphertext[],
  openings: readonly Opening[],
  random: RandomBytes,
): Pick<Answer, "overallProof" | "blankProof"> {
  if (!question.blank) {
    const sum = sumCiphertexts(choices);
    return { overallProof: proveInterval(context, key, sum, sumOpenings(openings), question, random) };
  }
  const [blank, ...named] = openings;
  const proofs = proveBlank(context, key, blank as Opening, sumOpenings(named), question, random);
  return { overallProof: proofs.second, blankProof: proofs.first };
}

function sumOpenings(openings: readonly Opening[]): Opening {
  return {
    plaintext: openings.reduce((sum, { plaintext }) => sum + plaintext, 0),
    randomness: mod(openings.reduce((sum, { randomness }) => sum + randomness, 0n)),
  };
}
