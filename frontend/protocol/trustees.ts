/** The election's key belongs to all of its trustees together, and to none of them alone (section 7). */

import { type Point, pointText, sumPoints } from "./group.ts";
import { type Json, isArray, parse, serialize } from "./json.ts";
import { Refusal, demand } from "./refusal.ts";
import { list } from "./shape.ts";
import { type Parameters, checkParameters, parametersJson, readParameters } from "./threshold/parameters.ts";
import { type TrusteeKey, readTrusteeKey, trusteeKeyJson } from "./trustee-key.ts";

/** One trustee who is always needed, or a group of whom `threshold` suffice. */
export type Trustee =
  | { readonly kind: "Single"; readonly key: TrusteeKey }
  | { readonly kind: "Pedersen"; readonly parameters: Parameters };

/** Read the published trustees and check every proof and signature in them. */
export function readTrustees(source: string): readonly Trustee[] {
  const trustees = list(parse(source), "trustees", readTrustee);
  demand(trustees.length > 0, "InvalidTrustees", "nobody holds the key");
  const keys = owners(trustees).map(pointText);
  demand(new Set(keys).size === keys.length, "InvalidTrustees", "the same trustee's key stands in more than one place");
  return trustees;
}

function readTrustee(value: Json): Trustee {
  demand(isArray(value) && value.length === 2, "Malformed", "trustee is not a pair");
  const [kind, content] = value as readonly [Json, Json];
  if (kind === "Single") return { kind, key: readSingleKey(content) };
  if (kind === "Pedersen") return { kind, parameters: checkParameters(readParameters(content)) };
  throw new Refusal("Malformed", "a trustee of an unknown kind");
}

/** Only the members of a threshold set-up sign their keys, with the key of their certificate. */
function readSingleKey(value: Json): TrusteeKey {
  const key = readTrusteeKey(value);
  demand(key.signature === undefined, "Malformed", "a single trustee's key carries no signature");
  return key;
}

/** The text of the trustees as published. */
export function trusteesText(trustees: readonly Trustee[]): string {
  return serialize(
    trustees.map((trustee) =>
      trustee.kind === "Single"
        ? ["Single", trusteeKeyJson(trustee.key)]
        : ["Pedersen", parametersJson(trustee.parameters)],
    ),
  );
}

/** y: what votes are encrypted with. */
export function electionKey(trustees: readonly Trustee[]): Point {
  return sumPoints(
    trustees.map((trustee) =>
      trustee.kind === "Single"
        ? trustee.key.publicKey
        : sumPoints(trustee.parameters.commitments.map(({ points }) => points[0] as Point)),
    ),
  );
}

/** The keys of all who can decrypt, in the order of their numbers: owner 1 stands first. */
export function owners(trustees: readonly Trustee[]): readonly Point[] {
  return trustees.flatMap((trustee) =>
    trustee.kind === "Single"
      ? [trustee.key.publicKey]
      : trustee.parameters.verificationKeys.map(({ publicKey }) => publicKey),
  );
}
