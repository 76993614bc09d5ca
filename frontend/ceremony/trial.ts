/** The finished key is tried: some members restore theirs from paper and open a sum of which everything is public. */

import {
  type MemberKeys,
  type Point,
  electionKey,
  openShare,
  owners,
  parse,
  readCertificate,
  readMemberOutput,
  readSigned,
  readTrustees,
  trialNumber,
  trialPart,
} from "../protocol/index.ts";
import { demand } from "../protocol/refusal.ts";
import { read, send } from "./house.ts";
import { hide, pause, say, show } from "./page.ts";
import { askSheet } from "./restore.ts";
import { random } from "./seed.ts";
import { markOf } from "./sheet.ts";
import type { State } from "./state.ts";

const POLL_MILLISECONDS = 1500;

/** Open one's own part, and wait until enough have. */
export async function tryKey(mount: HTMLElement): Promise<void> {
  const { uuid = "", state: address = "", trial = "" } = mount.dataset;
  let state = await read<State>(address);
  const trustees = readTrustees(state.trustees ?? "");
  const key = electionKey(trustees);
  if (state.trial?.given.includes(state.position) !== true) {
    const own = owners(trustees)[state.position - 1];
    demand(own !== undefined, "InvalidTrustees", "no such key holder");
    const line = await ownPart(uuid, state, key, own);
    await send(trial, (await read<State>(address)).csrf, line);
  }
  show("working");
  while (state.trial?.number == null) {
    state = await read<State>(address);
    const missing = Math.max(0, state.threshold - (state.trial?.given.length ?? 0));
    say("missing", String(missing));
    if (state.trial?.number == null) await pause(POLL_MILLISECONDS);
  }
  const expected = trialNumber(uuid, key);
  demand(state.trial.number === expected, "InvalidResult", "the trial sum was opened to another number");
  say("number", String(expected));
  hide("working");
  show("done");
}

/** From the sheet to the part: the keys of the sheet open the member's own share, which is the one that was published. */
async function ownPart(uuid: string, state: State, key: Point, own: Point): Promise<string> {
  const sent = readCertificate(readSigned(parse(state.certificate ?? "")));
  const wanted = { uuid, position: state.position, mark: markOf(sent) };
  const keys: MemberKeys = await askSheet(wanted, (found) => found.verification.equals(sent.verification));
  const { privateKey } = readMemberOutput(parse(state.share ?? ""));
  return trialPart(uuid, key, own, openShare(keys, privateKey), random);
}
