/** A member makes her part of the key: she keeps a seed on paper, and her browser checks everything the others say. */

import {
  type Certificate,
  type MemberKeys,
  deal,
  dealingJson,
  electionKey,
  makeCertificate,
  makeShare,
  memberOutputJson,
  ownIndex,
  parse,
  pointText,
  readCertificate,
  readCertificates,
  readMemberInput,
  readSigned,
  readTrustees,
  serialize,
  shaHex,
  signedJson,
} from "../protocol/index.ts";
import { Refusal, demand } from "../protocol/refusal.ts";
import { read, send } from "./house.ts";
import { rememberKey } from "./confirm.ts";
import { element, grouped, hide, pause, say, show } from "./page.ts";
import { agree } from "./agree.ts";
import type { Place } from "./backup.ts";
import { askSheet } from "./restore.ts";
import { newSeed, random } from "./seed.ts";
import { markOf } from "./sheet.ts";
import { STEPS, type State, type Step } from "./state.ts";

const POLL_MILLISECONDS = 1500;

/** Take part in the ceremony until the key stands. */
export async function makeKey(mount: HTMLElement): Promise<void> {
  const address = (step: "state" | Step): string => mount.dataset[step] ?? "";
  let state = await read<State>(address("state"));
  const place = { uuid: mount.dataset["uuid"] ?? "", position: state.position };
  if (state.certificate === null) await agree(mount, state);
  const keys = state.certificate === null ? await newSeed(place) : await knownSeed(place, state.certificate);
  show("working");
  while (state.trustees === null) {
    const next = nextLine(keys, state);
    if (next === undefined) await pause(POLL_MILLISECONDS);
    else await send(address(next.step), state.csrf, next.line);
    state = await read<State>(address("state"));
    tellProgress(state);
    if (isMadeElsewhere(keys, state.certificate)) {
      hide("working");
      show("made-elsewhere");
      return;
    }
  }
  rememberKey(place.uuid, keys.verification);
  say("fingerprint", grouped(fingerprint(keys, state.trustees, state)));
  hide("working");
  show("done");
}

/** After a reload: the sheet must be the one whose certificate was sent. */
function knownSeed(place: Place, certificate: string): Promise<MemberKeys> {
  const sent = readCertificate(readSigned(parse(certificate)));
  return askSheet({ ...place, mark: markOf(sent) }, (keys) => keys.verification.equals(sent.verification));
}

/** Whether another window or device of hers was first: then the sheet that she holds here opens nothing. */
function isMadeElsewhere(keys: MemberKeys, certificate: string | null): boolean {
  return certificate !== null && !readCertificate(readSigned(parse(certificate))).verification.equals(keys.verification);
}

/** What this member has to send now, if anything. */
function nextLine(keys: MemberKeys, state: State): { readonly step: Step; readonly line: string } | undefined {
  const { size, threshold, position } = state;
  const own = state.members[position - 1];
  if (own?.certificate !== true) {
    const certificate = makeCertificate(keys, { size, threshold, index: position }, random);
    return { step: "certificate", line: serialize(signedJson(certificate)) };
  }
  if (!own.dealing && state.certificates !== null) {
    const dealing = deal(keys, checkedCertificates(keys, state.certificates, state), random);
    return { step: "dealing", line: serialize(dealingJson(dealing)) };
  }
  if (!own.share && state.delivery !== null && state.certificates !== null) {
    const certificates = checkedCertificates(keys, state.certificates, state);
    const output = makeShare(keys, certificates, readMemberInput(parse(state.delivery)), random);
    return { step: "share", line: serialize(memberOutputJson(output)) };
  }
  return undefined;
}

/** All certificates, for the agreement that was announced, with this member in her own place. */
function checkedCertificates(keys: MemberKeys, lines: readonly string[], state: State): readonly Certificate[] {
  const certificates = readCertificates(lines.map((line) => readSigned(parse(line))));
  checkPlace(keys, certificates, state);
  return certificates;
}

function checkPlace(keys: MemberKeys, certificates: readonly Certificate[], state: State): void {
  const agreed = certificates.length === state.size && certificates[0]?.context.threshold === state.threshold;
  demand(agreed, "InvalidTrustees", "certificates for another agreement");
  demand(ownIndex(keys, certificates) === state.position, "InvalidTrustees", "another member stands in this place");
}

/**
 * The hash of the election's key, once everything behind it is checked.
 *
 * This member's signature of all certificates and of her own commitments is among what is checked, so nobody can
 * have been exchanged after she dealt.
 */
function fingerprint(keys: MemberKeys, source: string, state: State): string {
  const trustees = readTrustees(source);
  const [only] = trustees;
  if (trustees.length !== 1 || only?.kind !== "Pedersen") throw new Refusal("InvalidTrustees", "another set-up");
  checkPlace(keys, only.parameters.certificates, state);
  return shaHex(pointText(electionKey(trustees)));
}

/** Tell in words who is waited for, and whether anybody has stopped. */
function tellProgress(state: State): void {
  const waiting = STEPS.find((step) => state.members.some((member) => !member[step]));
  for (const step of STEPS) element(`text-${step}`).hidden = step !== waiting;
  const late = waiting === undefined ? [] : state.members.filter((member) => !member[waiting]);
  say("waiting", late.map(({ name }) => name).join(", "));
  say("stopped-by", state.stopped.join(", "));
  element("stopped").hidden = state.stopped.length === 0;
  for (const member of state.members) {
    const line = document.querySelector(`#members [data-position="${member.position}"]`);
    const sent = STEPS.filter((step) => member[step]).length;
    line?.classList.toggle("done", sent === STEPS.length);
    const number = line?.querySelector("span");
    if (number) number.textContent = String(sent);
  }
}
