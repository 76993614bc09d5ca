/** Before a ballot counts, everything it claims is checked, by anyone who likes (section 11). */

import {
  type Answer,
  type Ballot,
  answerContext,
  ballotContext,
  readBallot,
  signaturePrefix,
  signedHash,
} from "./ballot.ts";
import { verifiesBlank } from "./blank.ts";
import { type Election, type Question, positions } from "./election.ts";
import { type Ciphertext, sumCiphertexts } from "./elgamal.ts";
import { type Point, pointText } from "./group.ts";
import { NONE_OR_ONE, verifiesInterval } from "./interval.ts";
import { demand } from "./refusal.ts";
import { type Proof, verifies } from "./schnorr.ts";

/**
 * Check a ballot's exact text against its election and the public credentials, and give it back.
 *
 * Repeats are not seen here but by whoever holds the other ballots.
 *
 * @throws Refusal with the first thing that is wrong.
 */
export function checkBallot(election: Election, credentials: ReadonlySet<string>, source: string): Ballot {
  const ballot = readBallot(source);
  demand(credentials.has(pointText(ballot.credential)), "InvalidCredential", "not a credential of this election");
  demand(ballot.electionUuid === election.uuid, "InvalidBallot", "a ballot of another election");
  demand(ballot.electionHash === election.fingerprint, "InvalidBallot", "a ballot of another election");
  checkSignature(ballot);
  const { answers } = ballot;
  demand(answers.length === election.questions.length, "InvalidBallot", "not one answer to each question");
  const context = ballotContext(election, ballot.credential);
  election.questions.forEach((question, i) => {
    checkAnswer(context, election.publicKey, question, answers[i] as Answer);
  });
  return ballot;
}

function checkSignature(ballot: Ballot): void {
  const { hash, proof } = ballot.signature;
  demand(hash === signedHash(ballot), "InvalidBallot", "the signature is of another ballot");
  const holds = verifies(signaturePrefix(hash), ballot.credential, proof);
  demand(holds, "InvalidBallot", "not signed by its credential");
}

function checkAnswer(context: string, key: Point, question: Question, answer: Answer): void {
  const { choices, individualProofs } = answer;
  const size = positions(question);
  demand(choices.length === size && individualProofs.length === size, "InvalidBallot", "not one choice to each position");
  choices.forEach((choice, i) => {
    const proofs = individualProofs[i] as readonly Proof[];
    const holds = verifiesInterval(context, key, choice, NONE_OR_ONE, proofs);
    demand(holds, "InvalidBallot", `choice ${i} is not proven to be none or one`);
  });
  const holds = wholeVerifies(answerContext(context, choices), key, question, answer);
  demand(holds, "InvalidBallot", "the answer is not proven to be a lawful vote");
}

function wholeVerifies(context: string, key: Point, question: Question, answer: Answer): boolean {
  const { choices, overallProof, blankProof } = answer;
  if (!question.blank) {
    const sum = sumCiphertexts(choices);
    return blankProof === undefined && verifiesInterval(context, key, sum, question, overallProof);
  }
  if (blankProof === undefined) return false;
  const [blank, ...named] = choices;
  const sum = sumCiphertexts(named);
  const proofs = { first: blankProof, second: overallProof };
  return verifiesBlank(context, key, blank as Ciphertext, sum, question, proofs);
}
