/** The voter's marks become a sealed ballot of exactly the election that this tablet has loaded. */

import {
  type Election,
  type RandomBytes,
  type SealedBallot,
  deriveCredential,
  pointText,
  sealBallot,
  shaBase64,
  voteBlank,
  voteFor,
} from "../protocol/index.ts";
import { onlyQuestion } from "./offering.ts";
import type { Marks } from "./state.ts";

/** The public half of a slip's credential: all that the server is ever told of it. */
export function publicCredential(election: Election, credential: string): string {
  return pointText(deriveCredential(election.uuid, credential).publicKey);
}

/**
 * Seal these marks with the slip's credential.
 *
 * @throws Error when the sealed bytes do not name the loaded election and its fingerprint.
 */
export function seal(election: Election, credential: string, marks: Marks, random: RandomBytes): SealedBallot {
  const question = onlyQuestion(election);
  const vote = marks.blank ? voteBlank(question) : voteFor(question, marks.chosen);
  const sealed = sealBallot(election, deriveCredential(election.uuid, credential), [vote], random);
  const named = JSON.parse(sealed.text) as { election_uuid?: unknown; election_hash?: unknown };
  if (named.election_uuid !== election.uuid || named.election_hash !== shaBase64(election.text)) {
    throw new Error("sealed for another election");
  }
  return sealed;
}
