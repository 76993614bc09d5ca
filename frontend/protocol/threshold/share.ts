/** Step 5: a member checks what she was dealt and makes her share of the key, which she alone can open (section 13). */

import { G, type Point, mod, pointText, readScalar, times } from "../group.ts";
import { type Json, type JsonObject, parse, serialize } from "../json.ts";
import type { RandomBytes } from "../randomness.ts";
import { demand } from "../refusal.ts";
import { list, members, text } from "../shape.ts";
import { type TrusteeKey, readTrusteeKey, trusteeKey, trusteeKeyJson } from "../trustee-key.ts";
import type { Certificate } from "./certificate.ts";
import { type Commitments, checkCommitments, evaluateCommitted, readCommitments } from "./commitments.ts";
import type { MemberInput } from "./dealing.ts";
import type { MemberKeys } from "./keys.ts";
import { open, seal } from "./sealed.ts";
import { signature } from "./signed.ts";

/** What a member gives back in step 5: her share sealed to herself, and the public key of it. */
export interface MemberOutput {
  readonly privateKey: string;
  readonly publicKey: TrusteeKey;
}

/**
 * Step 5 for the member whose keys these are.
 *
 * @throws Refusal when a secret does not fit the commitments of the member who dealt it.
 */
export function makeShare(
  keys: MemberKeys,
  certificates: readonly Certificate[],
  input: MemberInput,
  random: RandomBytes,
): MemberOutput {
  const index = ownIndex(keys, certificates);
  const commitments = checkInput(certificates, input);
  checkOwnPolynomial(keys, input, commitments[index - 1] as Commitments);
  const secrets = certificates.map((dealer, z) =>
    openSecret(keys, dealer, input.secrets[z] as string, commitments[z] as Commitments, index),
  );
  const share = mod(secrets.reduce((sum, secret) => sum + secret, 0n));
  const key = trusteeKey(share, random);
  const message = serialize({ decryption_key: String(share) });
  return {
    privateKey: seal(message, keys.signing, keys.encryption, random),
    publicKey: { ...key, signature: signature(pointText(key.publicKey), keys.signing, random) },
  };
}

/** The member's number, from 1. */
export function ownIndex(keys: MemberKeys, certificates: readonly Certificate[]): number {
  const found = certificates.findIndex(({ verification }) => verification.equals(keys.verification));
  demand(found >= 0, "InvalidMessage", "this seed is not of a member of this set-up");
  return found + 1;
}

function checkInput(certificates: readonly Certificate[], input: MemberInput): readonly Commitments[] {
  const size = certificates.length;
  const whole = [input.secrets, input.commitments, input.signatures].every((part) => part.length === size);
  demand(whole, "InvalidMessage", "not one message from every member");
  const commitments = input.commitments.map(readCommitments);
  certificates.forEach((dealer, z) => {
    const proof = input.signatures[z];
    if (proof) checkCommitments(commitments[z] as Commitments, proof, dealer, certificates);
  });
  return commitments;
}

/** The polynomial handed back must be the one whose commitments are going round in this member's name. */
function checkOwnPolynomial(keys: MemberKeys, input: MemberInput, own: Commitments): void {
  const opened = parse(open(input.polynomial, keys, keys.verification));
  const coefficients = list(members(opened, "polynomial", ["polynomial"]).polynomial, "polynomial", readScalar);
  const same =
    coefficients.length === own.points.length &&
    coefficients.every((coefficient, m) => times(G, coefficient).equals(own.points[m] as Point));
  demand(same, "InvalidMessage", "the member's own polynomial was exchanged");
}

function openSecret(
  keys: MemberKeys,
  dealer: Certificate,
  sealed: string,
  commitments: Commitments,
  index: number,
): bigint {
  const found = members(parse(open(sealed, keys, dealer.verification)), "secret", ["secret"]);
  const secret = readScalar(found.secret);
  const fits = times(G, secret).equals(evaluateCommitted(commitments.points, index));
  demand(fits, "InvalidMessage", `the secret dealt by member ${dealer.context.index} does not fit`);
  return secret;
}

/** Open one's own sealed share: x_j, the secret key for decrypting. */
export function openShare(keys: MemberKeys, privateKey: string): bigint {
  const found = members(parse(open(privateKey, keys, keys.verification)), "share", ["decryption_key"]);
  return readScalar(found.decryption_key);
}

export function readMemberOutput(value: Json): MemberOutput {
  const found = members(value, "member's output", ["private_key", "public_key"]);
  return { privateKey: text(found.private_key, "private key"), publicKey: readTrusteeKey(found.public_key) };
}

export function memberOutputJson({ privateKey, publicKey }: MemberOutput): JsonObject {
  return { private_key: privateKey, public_key: trusteeKeyJson(publicKey) };
}
