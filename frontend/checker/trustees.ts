/** Who can open the sum, each key proven by its holder, alone or as one of several (PROTOCOL.md sections 7 and 13). */

import { type Point, type Proof, addPoints, isSame, knows, multiplied, point, proof, textOfPoint } from "./group.ts";
import { type Json, array, count, members, parse, quoted, string } from "./json.ts";
import { demand } from "./refusal.ts";

/** Members who open together: any `needed` of these `keys`, which are in the order of their numbers. */
export interface Circle {
  readonly needed: number;
  readonly keys: readonly Point[];
}

export interface Trustees {
  readonly circles: readonly Circle[];
  /** What they hold together must be the key of the election. */
  readonly key: Point;
}

/** @throws Refusal where anything in the record of the trustees does not hold. */
export function readTrustees(source: string): Trustees {
  const read = array(parse(source)).map((entry) => {
    const [kind, value] = array(entry, 2);
    demand(kind === "Single" || kind === "Pedersen", "trustees");
    return kind === "Single" ? readSingle(value!) : readCircle(value!);
  });
  const texts = read.flatMap(({ circle }) => circle.keys.map(textOfPoint));
  demand(texts.length > 0 && new Set(texts).size === texts.length, "trustees");
  return { circles: read.map(({ circle }) => circle), key: addPoints(...read.map(({ key }) => key)) };
}

interface Read {
  readonly circle: Circle;
  readonly key: Point;
}

function readSingle(value: Json): Read {
  const { key, signature } = readKey(value);
  demand(signature === undefined, "trustees");
  return { circle: { needed: 1, keys: [key] }, key };
}

/** A key with the proof that somebody knows its secret. */
function readKey(value: Json): { readonly key: Point; readonly signature: Proof | undefined } {
  const [pok, publicKey, signature, name] = members(value, "pok", "public_key", "signature?", "name?");
  const key = point(publicKey);
  demand(knows(`pok|Ed25519|${string(publicKey)}|`, key, proof(pok)), "trustees");
  if (name !== undefined) string(name);
  return { key, signature: signature === undefined ? undefined : proof(signature) };
}

interface Certificate {
  readonly verification: Point;
  readonly encryption: Point;
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
}

function readCircle(value: Json): Read {
  const [threshold, certs, coefexps, signatures, keys] = members(
    value,
    ...["threshold", "certs", "coefexps", "signatures", "verification_keys"],
  );
  const certificates = readCertificates(array(certs));
  const size = certificates.length;
  demand(count(threshold) === certificates[0]!.threshold, "trustees");
  const signed = array(signatures, size).map(proof);
  const dealt = array(coefexps, size).map((entry, i) =>
    readCommitments(certificates[i]!, array(certs), entry, signed[i]!),
  );
  const read = array(keys, size).map((entry, i) => readMember(certificates[i]!, entry, dealt));
  const key = addPoints(...dealt.map((commitments) => commitments[0]!));
  return { circle: { needed: count(threshold), keys: read }, key };
}

function readCertificates(values: readonly Json[]): readonly Certificate[] {
  const read = values.map(readCertificate);
  const [first] = read;
  demand(first !== undefined && first.threshold >= 1 && first.threshold < first.size, "trustees");
  read.forEach(({ index, size, threshold }, i) => {
    demand(index === i + 1 && size === read.length && threshold === first.threshold, "trustees");
  });
  const texts = read.flatMap(({ verification, encryption }) => [textOfPoint(verification), textOfPoint(encryption)]);
  demand(new Set(texts).size === texts.length, "trustees");
  return read;
}

function readCertificate(value: Json): Certificate {
  const { message, signature } = readSigned(value);
  const [context, verification, encryption] = members(parse(message), "context", "verification", "encryption");
  const [group, size, threshold, index] = members(context, "group", "size", "threshold", "index");
  demand(group === "Ed25519", "trustees");
  const read = {
    verification: point(verification),
    encryption: point(encryption),
    size: count(size),
    threshold: count(threshold),
    index: count(index),
  };
  demand(isSigned(message, read.verification, signature), "trustees");
  return read;
}

/** What a dealer committed herself to, signed by her, and her signature that these were the certificates she dealt to. */
function readCommitments(dealer: Certificate, certs: readonly Json[], value: Json, agreed: Proof): readonly Point[] {
  const { message, signature } = readSigned(value);
  demand(isSigned(message, dealer.verification, signature), "trustees");
  const [list] = members(parse(message), "coefexps");
  const points = array(list, dealer.threshold).map(point);
  const texts = points.map((one) => `"${textOfPoint(one)}"`);
  const agreement = `{"certs":[${certs.map(signedText).join(",")}],"coefexps":[${texts.join(",")}]}`;
  demand(isSigned(`certs_sig|${agreement}`, dealer.verification, agreed), "trustees");
  return points;
}

/** A member's key is the sum over all dealers of what they committed themselves to give her number. */
function readMember(own: Certificate, value: Json, dealt: readonly (readonly Point[])[]): Point {
  const { key, signature } = readKey(value);
  const shares = dealt.map((commitments) =>
    commitments.reduceRight((sum, one) => addPoints(multiplied(BigInt(own.index), sum), one)),
  );
  demand(isSame(key, addPoints(...shares)), "trustees");
  demand(signature !== undefined && isSigned(textOfPoint(key), own.verification, signature), "trustees");
  return key;
}

function readSigned(value: Json): { readonly message: string; readonly signature: Proof } {
  const [message, signature] = members(value, "message", "signature");
  return { message: string(message), signature: proof(signature) };
}

/** A signed message written again. */
function signedText(value: Json): string {
  const { message, signature } = readSigned(value);
  const { challenge, response } = signature;
  return `{"message":${quoted(message)},"signature":{"challenge":"${challenge}","response":"${response}"}}`;
}

function isSigned(message: string, by: Point, signature: Proof): boolean {
  return knows(`sigmsg|${message}|`, by, signature);
}
