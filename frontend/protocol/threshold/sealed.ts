/** What one member must tell another in secret is signed, named to its receiver and sealed to her key (section 13). */

import { gcm } from "@noble/ciphers/aes.js";

import { G, type Point, pointText, readKey, times } from "../group.ts";
import { bytesToHex, hexToBytes, sha, utf8ToBytes } from "../hash.ts";
import { parse, serialize } from "../json.ts";
import { type RandomBytes, drawPoint, drawScalar } from "../randomness.ts";
import { Refusal, demand } from "../refusal.ts";
import { members, text } from "../shape.ts";
import type { MemberKeys } from "./keys.ts";
import { checkSignature, readSigned, sign, signedJson } from "./signed.ts";

/** AES-256-GCM with the protocol's IV of 32 bytes and a tag of 16. */
function cipher(key: Point, alpha: Point): ReturnType<typeof gcm> {
  return gcm(sha(`key|${pointText(key)}`), sha(`iv|${pointText(alpha)}`));
}

/** Seal `message` from the member with secret `signing` to the key `recipient`. */
export function seal(message: string, signing: bigint, recipient: Point, random: RandomBytes): string {
  const inner = serialize({ recipient: pointText(recipient), message });
  const signed = serialize(signedJson(sign(inner, signing, random)));
  const key = drawPoint(random);
  const randomness = drawScalar(random);
  const alpha = times(G, randomness);
  return serialize({
    algorithm: "AES-GCM",
    alpha: pointText(alpha),
    beta: pointText(times(recipient, randomness).add(key)),
    data: bytesToHex(cipher(key, alpha).encrypt(utf8ToBytes(signed))),
  });
}

/**
 * Open a sealed message from the member with key `sender`.
 *
 * @throws Refusal `InvalidMessage` when it was changed, is from someone else or was meant for someone else.
 */
export function open(sealed: string, keys: MemberKeys, sender: Point): string {
  const found = members(parse(sealed), "sealed message", ["algorithm", "alpha", "beta", "data"]);
  demand(found.algorithm === "AES-GCM", "InvalidMessage", "another cipher");
  const alpha = readKey(found.alpha);
  const key = readKey(found.beta).subtract(times(alpha, keys.opening));
  const signed = readSigned(parse(decrypt(key, alpha, text(found.data, "data"))));
  checkSignature(signed.message, sender, signed.signature);
  const inner = members(parse(signed.message), "message", ["recipient", "message"]);
  demand(inner.recipient === pointText(keys.encryption), "InvalidMessage", "a message meant for someone else");
  return text(inner.message, "message");
}

function decrypt(key: Point, alpha: Point, data: string): string {
  demand(/^([0-9a-f]{2})+$/.test(data), "Malformed", "sealed data not in hexadecimal");
  try {
    const plain = cipher(key, alpha).decrypt(hexToBytes(data));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    throw new Refusal("InvalidMessage", "a sealed message that does not open");
  }
}
