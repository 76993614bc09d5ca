/** Step 1 and 2: each member tells the others her keys and which set-up she takes part in (section 13). */

import { GROUP } from "../election.ts";
import { type Point, pointText, readKey } from "../group.ts";
import { shaHex } from "../hash.ts";
import { parse, serialize } from "../json.ts";
import type { RandomBytes } from "../randomness.ts";
import { demand } from "../refusal.ts";
import { count, members } from "../shape.ts";
import type { MemberKeys } from "./keys.ts";
import { type SignedMessage, checkSignature, sign } from "./signed.ts";

/** `threshold` of `size` members are needed; this is member `index`, from 1. */
export interface Context {
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
}

/** A certificate as signed, and what it says. */
export interface Certificate {
  readonly signed: SignedMessage;
  readonly context: Context;
  readonly verification: Point;
  readonly encryption: Point;
}

/** Step 1: a member's own certificate. */
export function makeCertificate(keys: MemberKeys, context: Context, random: RandomBytes): SignedMessage {
  const { size, threshold, index } = context;
  const message = serialize({
    context: { group: GROUP, size, threshold, index },
    verification: pointText(keys.verification),
    encryption: pointText(keys.encryption),
  });
  return sign(message, keys.signing, random);
}

/** The name of a certificate: hexadecimal SHA-256 of its message. */
export function certificateLabel(signed: SignedMessage): string {
  return shaHex(signed.message);
}

/** Read one certificate and check its signature. */
export function readCertificate(signed: SignedMessage): Certificate {
  const found = members(parse(signed.message), "certificate", ["context", "verification", "encryption"]);
  const context = members(found.context, "context", ["group", "size", "threshold", "index"]);
  demand(context.group === GROUP, "InvalidTrustees", "a certificate for another group");
  const verification = readKey(found.verification);
  checkSignature(signed.message, verification, signed.signature);
  return {
    signed,
    context: {
      size: count(context.size, "size"),
      threshold: count(context.threshold, "threshold"),
      index: count(context.index, "index"),
    },
    verification,
    encryption: readKey(found.encryption),
  };
}

/** Step 2: check all certificates together: one set-up, every member once, in her place. */
export function readCertificates(all: readonly SignedMessage[]): readonly Certificate[] {
  const certificates = all.map(readCertificate);
  const threshold = certificates[0]?.context.threshold ?? 0;
  demand(1 <= threshold && threshold < all.length, "InvalidTrustees", "a threshold that is none");
  certificates.forEach(({ context }, i) => {
    const agrees = context.size === all.length && context.threshold === threshold && context.index === i + 1;
    demand(agrees, "InvalidTrustees", "certificates of different set-ups");
  });
  const keys = certificates.flatMap(({ verification, encryption }) => [pointText(verification), pointText(encryption)]);
  demand(new Set(keys).size === keys.length, "InvalidTrustees", "the same key stands in more than one place");
  return certificates;
}
