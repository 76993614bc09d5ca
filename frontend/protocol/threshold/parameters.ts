/** Step 6: all that was said in the set-up, put together so that anyone can check it (section 13). */

import { type Point, pointText } from "../group.ts";
import type { Json, JsonObject } from "../json.ts";
import { demand } from "../refusal.ts";
import { type Proof, proofJson, readProof } from "../schnorr.ts";
import { count, list, members } from "../shape.ts";
import { type TrusteeKey, readTrusteeKey, trusteeKeyJson } from "../trustee-key.ts";
import { type Certificate, readCertificates } from "./certificate.ts";
import { type Commitments, checkCommitments, readCommitments, verificationPoint } from "./commitments.ts";
import type { Dealing } from "./dealing.ts";
import type { MemberOutput } from "./share.ts";
import { type SignedMessage, checkSignature, readSigned, signedJson } from "./signed.ts";

/** The public side of a threshold key; every list stands in the order of the members. */
export interface Parameters {
  readonly threshold: number;
  readonly certificates: readonly Certificate[];
  readonly commitments: readonly Commitments[];
  readonly signatures: readonly Proof[];
  readonly verificationKeys: readonly TrusteeKey[];
}

/** Step 6: put the parameters together, and check them. */
export function assemble(
  certificates: readonly SignedMessage[],
  dealings: readonly Dealing[],
  outputs: readonly MemberOutput[],
): Parameters {
  const read = readCertificates(certificates);
  return checkParameters({
    threshold: read[0]?.context.threshold ?? 0,
    certificates: read,
    commitments: dealings.map((dealing) => readCommitments(dealing.commitments)),
    signatures: dealings.map((dealing) => dealing.signature),
    verificationKeys: outputs.map(({ publicKey }) => publicKey),
  });
}

/** Give back parameters whose every signature and key follows from the certificates and commitments. */
export function checkParameters(parameters: Parameters): Parameters {
  const { certificates, commitments, signatures, verificationKeys } = parameters;
  const size = certificates.length;
  const whole = [commitments, signatures, verificationKeys].every((part) => part.length === size);
  demand(whole, "InvalidTrustees", "not one part from every member");
  certificates.forEach((member, i) => {
    demand(member.context.threshold === parameters.threshold, "InvalidTrustees", "another threshold");
    checkCommitments(commitments[i] as Commitments, signatures[i] as Proof, member, certificates);
    checkVerificationKey(verificationKeys[i] as TrusteeKey, member, verificationPoint(commitments, i + 1));
  });
  return parameters;
}

function checkVerificationKey({ publicKey, signature }: TrusteeKey, member: Certificate, expected: Point): void {
  demand(publicKey.equals(expected), "InvalidTrustees", "a verification key that does not follow from the dealing");
  demand(signature !== undefined, "InvalidTrustees", "a verification key that its member did not sign");
  checkSignature(pointText(publicKey), member.verification, signature);
}

/** Read the parameters; `checkParameters` then checks them. */
export function readParameters(value: Json): Parameters {
  const names = ["threshold", "certs", "coefexps", "signatures", "verification_keys"] as const;
  const found = members(value, "threshold parameters", names);
  return {
    threshold: count(found.threshold, "threshold"),
    certificates: readCertificates(list(found.certs, "certificates", readSigned)),
    commitments: list(found.coefexps, "commitments", readSigned).map(readCommitments),
    signatures: list(found.signatures, "signatures", readProof),
    verificationKeys: list(found.verification_keys, "verification keys", readTrusteeKey),
  };
}

export function parametersJson(parameters: Parameters): JsonObject {
  return {
    threshold: parameters.threshold,
    certs: parameters.certificates.map(({ signed }) => signedJson(signed)),
    coefexps: parameters.commitments.map(({ signed }) => signedJson(signed)),
    signatures: parameters.signatures.map(proofJson),
    verification_keys: parameters.verificationKeys.map(trusteeKeyJson),
  };
}
