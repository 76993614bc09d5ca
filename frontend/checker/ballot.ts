/** A sealed ballot is judged from its exact text: form, election, signature and every proof (PROTOCOL.md sections 8 to 11). */

import { hashBase64 } from "./bytes.ts";
import { type Ciphertext, type Claim, checkClaims } from "./claims.ts";
import type { Election } from "./election.ts";
import { type Point, type Proof, addPoints, knows, point, pointUnchecked, proof, textsOf } from "./group.ts";
import { type Json, array, members, parse, string } from "./json.ts";
import { because, demand } from "./refusal.ts";

/** What is left of a ballot once it has been found good. */
export interface Judged {
  readonly credential: string;
  readonly choices: readonly Ciphertext[];
}

interface Answer {
  readonly choices: readonly Ciphertext[];
  /** str(alpha),str(beta) of each choice. */
  readonly texts: readonly string[];
  readonly individual: readonly (readonly Proof[])[];
  readonly overall: readonly Proof[];
  readonly blank: readonly Proof[] | undefined;
}

/** @throws Refusal with the first thing that is wrong. Repeats, and whose credential it is, others know. */
export function judgeBallot(election: Election, source: string): Judged {
  const [uuid, fingerprint, credential, answers, signature] = because("ballotForm", () =>
    members(parse(source), "election_uuid", "election_hash", "credential", "answers", "signature"),
  );
  demand(uuid === election.uuid && fingerprint === election.fingerprint, "otherElection");
  const voter = because("ballotPoint", () => point(credential));
  const answer = because("ballotForm", () => readAnswer(election, array(answers, 1)[0]!));
  checkSignature(source, voter, signature);
  const context = `${election.fingerprint}|${string(credential)}`;
  const { ciphertexts, claims } = claimsOf(election, context, answer);
  checkClaims(election.keyBase, ciphertexts, claims);
  return { credential: string(credential), choices: answer.choices };
}

function readAnswer(election: Election, value: Json): Answer {
  const [choices, individual, overall, blank] = members(
    value,
    ...["choices", "individual_proofs", "overall_proof", ...(election.blank ? ["blank_proof"] : [])],
  );
  const proofs = (list: Json | undefined, length: number): readonly Proof[] => array(list, length).map(proof);
  const read = array(choices, election.positions).map(readChoice);
  return {
    choices: read.map(([ciphertext]) => ciphertext),
    texts: read.map(([, text]) => text),
    individual: array(individual, election.positions).map((entry) => proofs(entry, 2)),
    overall: proofs(overall, election.max - election.min + (election.blank ? 2 : 1)),
    blank: election.blank ? proofs(blank, 2) : undefined,
  };
}

function readChoice(value: Json): readonly [Ciphertext, string] {
  const [alpha, beta] = members(value, "alpha", "beta");
  const ciphertext = because("ballotPoint", () => ({ alpha: pointUnchecked(alpha), beta: pointUnchecked(beta) }));
  return [ciphertext, `${string(alpha)},${string(beta)}`];
}

/** The signature is the last member, and no other can look like it: a quotation mark inside a text is escaped. */
function checkSignature(source: string, voter: Point, value: Json | undefined): void {
  const [hash, made] = because("ballotForm", () => members(value, "hash", "proof"));
  const unsigned = `${source.slice(0, source.lastIndexOf(',"signature":{'))}}`;
  demand(hash === hashBase64(unsigned), "signature");
  const signed = because("ballotForm", () => proof(made));
  demand(knows(`sig|${hash}|`, voter, signed), "signature");
}

/** Everything that an answer must prove; the sum of all named choices stands behind the choices. */
function claimsOf(
  election: Election,
  context: string,
  { choices, texts, individual, overall, blank }: Answer,
): { readonly ciphertexts: readonly Ciphertext[]; readonly claims: readonly Claim[] } {
  const named = election.blank ? choices.slice(1) : choices;
  const sum = { alpha: addPoints(...named.map(({ alpha }) => alpha)), beta: addPoints(...named.map(({ beta }) => beta)) };
  const last = choices.length;
  const bound = `${context}|${texts.join(",")}`;
  const counts = Array.from({ length: election.max - election.min + 1 }, (_, i) => ({ index: last, less: election.min + i }));
  const claims: Claim[] = individual.map((proofs, index) => ({
    prefix: `prove|${context}|${texts[index]}|`,
    branches: [{ index, less: 0 }, { index, less: 1 }],
    proofs,
    otherwise: "mark",
  }));
  if (blank !== undefined) {
    const [none, isBlank] = [{ index: 0, less: 0 }, { index: 0, less: 1 }];
    claims.push(
      { prefix: `bproof0|${bound}|`, branches: [none, { index: last, less: 0 }], proofs: blank, otherwise: "marks" },
      { prefix: `bproof1|${bound}|`, branches: [isBlank, ...counts], proofs: overall, otherwise: "marks" },
    );
  } else {
    const sumText = textsOf([sum.alpha, sum.beta]).join(",");
    claims.push({ prefix: `prove|${bound}|${sumText}|`, branches: counts, proofs: overall, otherwise: "marks" });
  }
  return { ciphertexts: [...choices, sum], claims };
}
