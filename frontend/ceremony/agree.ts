/** Before a member's device makes anything it finds the mark of what is agreed on, and holds it up to that of the public page. */

import { agreementMark, shaHex } from "../protocol/index.ts";
import { grouped, hide, pressed, say, show } from "./page.ts";
import type { State } from "./state.ts";
import { publicFile, publicText } from "./stranger.ts";

/** Go on only when both are the same and she says so; where they differ she can only stop. */
export async function agree(mount: HTMLElement, state: State): Promise<void> {
  const { uuid = "", rules = "", public: page = "" } = mount.dataset;
  const mark = agreementMark({
    uuid,
    rulesHash: shaHex(await publicFile(rules)),
    threshold: state.threshold,
    holders: state.members.map(({ name }) => name),
  });
  const shown = await publicText(page, "agreement");
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-found]")) field.value = mark;
  say("found-agreement", grouped(mark));
  say("shown-agreement", grouped(shown));
  show("agree");
  show(mark === shown ? "agreement-fits" : "agreement-differs");
  await pressed("agreed");
  hide("agree");
}
