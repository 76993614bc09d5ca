/** The voter's marks become a sealed ballot of exactly the election that this tablet has loaded. */

import {
  type CommittedBallot,
  type Election,
  type JsonObject,
  type RandomBytes,
  SEED_BYTES,
  commitBallot,
  deriveCredential,
  pointText,
  proofJson,
  prove,
  shaBase64,
  voteBlank,
  voteFor,
} from "../protocol/index.ts";
import { onlyQuestion } from "./offering.ts";
import type { Marks } from "./state.ts";

/** What the server is told when it is asked about a slip: its public half, and a proof that it is held here. */
export interface SlipQuestion {
  readonly credential: string;
  readonly proof: JsonObject;
}

/** Ask about a slip of an election without showing it; the proof's prefix is used for nothing else. */
export function askAbout(election: Pick<Election, "uuid">, credential: string, random: RandomBytes): SlipQuestion {
  const { secret, publicKey } = deriveCredential(election.uuid, credential);
  const named = pointText(publicKey);
  return { credential: named, proof: proofJson(prove(`slip|${election.uuid}|${named}|`, secret, random)) };
}

/**
 * Seal these marks with the slip's credential, from a seed that is drawn for this ballot alone.
 *
 * @throws Error when the sealed bytes do not name the loaded election and its fingerprint.
 */
export function commit(election: Election, credential: string, marks: Marks, random: RandomBytes): CommittedBallot {
  const question = onlyQuestion(election);
  const vote = marks.blank ? voteBlank(question) : voteFor(question, marks.chosen);
  const own = deriveCredential(election.uuid, credential);
  const committed = commitBallot(election, own, vote, random(SEED_BYTES), random);
  const named = JSON.parse(committed.text) as { election_uuid?: unknown; election_hash?: unknown };
  if (named.election_uuid !== election.uuid || named.election_hash !== shaBase64(election.text)) {
    throw new Error("sealed for another election");
  }
  return committed;
}
