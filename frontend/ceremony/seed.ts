/** All that a member must keep is a seed on a paper card; it is shown once, asked for again, and sent nowhere. */

import { type MemberKeys, type RandomBytes, deriveMemberKeys, drawSeed } from "../protocol/index.ts";
import { element, hide, pressed, say, show } from "./page.ts";

/** The browser's own source of randomness. */
export const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const GROUPS = /^(.{5})(.{6})(.{5})(.{6})$/;

/** Make a seed, have it written down, and go on only when it was typed back rightly. */
export async function newSeed(): Promise<MemberKeys> {
  const seed = drawSeed(random);
  say("seed", seed.replace(GROUPS, "$1 $2 $3 $4"));
  element("print-seed").addEventListener("click", () => window.print());
  show("show-seed");
  await pressed("seed-written");
  hide("show-seed");
  say("seed", "");
  return askSeed((keys) => keys.verification.equals(deriveMemberKeys(seed).verification));
}

/** Ask for the seed until the keys that grow from it are accepted. */
export async function askSeed(fits: (keys: MemberKeys) => boolean): Promise<MemberKeys> {
  const input = element("seed-input") as HTMLInputElement;
  show("ask-seed");
  input.focus();
  for (;;) {
    await submitted();
    const keys = keysOf(input.value);
    if (keys !== undefined && fits(keys)) {
      input.value = "";
      hide("ask-seed");
      return keys;
    }
    show("seed-wrong");
    input.focus();
  }
}

function submitted(): Promise<void> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      event.preventDefault();
      resolve();
    };
    element("ask-seed").addEventListener("submit", listener, { once: true });
  });
}

/** Keys from what a person typed; hyphens and spaces are no part of a seed. */
function keysOf(typed: string): MemberKeys | undefined {
  try {
    return deriveMemberKeys(typed.replaceAll(/[\s-]/g, ""));
  } catch {
    return undefined;
  }
}
