/** Step 3 and 4: each member deals a share of her own secret to every member, sealed (section 13). */

import { G, times } from "../group.ts";
import { type Json, type JsonObject, serialize } from "../json.ts";
import { type RandomBytes, drawScalar } from "../randomness.ts";
import { demand } from "../refusal.ts";
import { type Proof, proofJson, readProof } from "../schnorr.ts";
import { list, members, text } from "../shape.ts";
import type { Certificate } from "./certificate.ts";
import { commitmentsMessage, evaluate, transcript } from "./commitments.ts";
import type { MemberKeys } from "./keys.ts";
import { seal } from "./sealed.ts";
import { type SignedMessage, readSigned, sign, signature, signedJson } from "./signed.ts";

/** What one member sends in step 3; `secrets[j-1]` is sealed to member j. */
export interface Dealing {
  readonly polynomial: string;
  readonly secrets: readonly string[];
  readonly commitments: SignedMessage;
  readonly signature: Proof;
}

/** What one member is handed in step 4: her own polynomial, and from every member a secret, commitments, a signature. */
export interface MemberInput {
  readonly polynomial: string;
  readonly secrets: readonly string[];
  readonly commitments: readonly SignedMessage[];
  readonly signatures: readonly Proof[];
}

/** Step 3: draw a polynomial with `threshold` coefficients, commit to it, deal its values. */
export function deal(keys: MemberKeys, certificates: readonly Certificate[], random: RandomBytes): Dealing {
  const threshold = certificates[0]?.context.threshold ?? 0;
  const coefficients = Array.from({ length: threshold }, () => drawScalar(random));
  const points = coefficients.map((coefficient) => times(G, coefficient));
  const seen = certificates.map(({ signed }) => signed);
  const polynomial = serialize({ polynomial: coefficients.map(String) });
  return {
    polynomial: seal(polynomial, keys.signing, keys.encryption, random),
    secrets: certificates.map(({ encryption }, i) =>
      seal(serialize({ secret: String(evaluate(coefficients, i + 1)) }), keys.signing, encryption, random),
    ),
    commitments: sign(commitmentsMessage(points), keys.signing, random),
    signature: signature(transcript(seen, points), keys.signing, random),
  };
}

/** Step 4: hand each member what is hers; `dealings` stand in the order of the members. */
export function distribute(dealings: readonly Dealing[]): readonly MemberInput[] {
  const whole = dealings.every(({ secrets }) => secrets.length === dealings.length);
  demand(whole, "InvalidMessage", "a dealing for another number of members");
  return dealings.map(({ polynomial }, j) => ({
    polynomial,
    secrets: dealings.map(({ secrets }) => secrets[j] as string),
    commitments: dealings.map(({ commitments }) => commitments),
    signatures: dealings.map((dealing) => dealing.signature),
  }));
}

export function readDealing(value: Json): Dealing {
  const found = members(value, "dealing", ["polynomial", "secrets", "coefexps", "signature"]);
  return {
    polynomial: text(found.polynomial, "polynomial"),
    secrets: list(found.secrets, "secrets", (secret) => text(secret, "secret")),
    commitments: readSigned(found.coefexps),
    signature: readProof(found.signature),
  };
}

export function dealingJson(dealing: Dealing): JsonObject {
  return {
    polynomial: dealing.polynomial,
    secrets: dealing.secrets,
    coefexps: signedJson(dealing.commitments),
    signature: proofJson(dealing.signature),
  };
}

export function readMemberInput(value: Json): MemberInput {
  const found = members(value, "member's input", ["polynomial", "secrets", "coefexps", "signatures"]);
  return {
    polynomial: text(found.polynomial, "polynomial"),
    secrets: list(found.secrets, "secrets", (secret) => text(secret, "secret")),
    commitments: list(found.coefexps, "commitments", readSigned),
    signatures: list(found.signatures, "signatures", readProof),
  };
}

export function memberInputJson(input: MemberInput): JsonObject {
  return {
    polynomial: input.polynomial,
    secrets: input.secrets,
    coefexps: input.commitments.map(signedJson),
    signatures: input.signatures.map(proofJson),
  };
}
