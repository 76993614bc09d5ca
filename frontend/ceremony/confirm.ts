/** After the freeze a member's own browser finds the hash of the set-up, and holds it up to the one that the public page shows. */

import { type Point, pointText, readArchive, readTrustees, shaHex, verifyArchive } from "../protocol/index.ts";
import { Refusal, demand } from "../protocol/refusal.ts";
import { publicFile, publicText } from "./stranger.ts";
import { grouped, hide, say, show } from "./page.ts";
import { markOf } from "./sheet.ts";

/** What an archive begins with: its election, the hash of it all, and the public key of a member's own sheet. */
interface Setup {
  readonly uuid: string;
  readonly hash: string;
  readonly verification: Point;
}

/** Show both hashes, and offer to confirm where nothing differs; to stop is offered always. */
export async function confirmSetup(mount: HTMLElement): Promise<void> {
  const { archive = "", public: page = "", position = "" } = mount.dataset;
  show("checking");
  const setup = readSetup(await publicFile(archive), Number(position));
  const shown = await publicText(page, "setup");
  hide("checking");
  say("found-setup", grouped(setup.hash));
  say("shown-setup", grouped(shown));
  say("own-mark", markOf(setup));
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-found]")) field.value = setup.hash;
  show("compared");
  const own = rememberedKey(setup.uuid);
  const isOwn = own === null || own === pointText(setup.verification);
  show(own === null ? "mark-unknown" : "mark-known");
  show(shown === setup.hash && isOwn ? "setup-fits" : "setup-differs");
}

/** Check the whole archive; before the first vote that is the set-up and nothing else. */
function readSetup(archive: Uint8Array, position: number): Setup {
  const { election } = verifyArchive(archive);
  const [first] = readArchive(archive);
  const [, trustees = "", , setup = ""] = first?.records ?? [];
  const [holders] = readTrustees(trustees);
  if (holders?.kind !== "Pedersen") throw new Refusal("InvalidTrustees", "another set-up");
  const own = holders.parameters.certificates[position - 1];
  demand(own !== undefined, "InvalidTrustees", "no such key holder");
  return { uuid: election.uuid, hash: shaHex(setup), verification: own.verification };
}

/** What a browser remembers of the key that was made in it is public. */
export function rememberKey(uuid: string, verification: Point): void {
  localStorage.setItem(place(uuid), pointText(verification));
}

function rememberedKey(uuid: string): string | null {
  return localStorage.getItem(place(uuid));
}

function place(uuid: string): string {
  return `own-key-${uuid}`;
}
