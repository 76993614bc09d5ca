/** In the key ceremony, at the decryption and under the record a board member's own browser does what nobody may do for her. */

import { confirmSetup } from "./confirm.ts";
import { decrypt } from "./decrypt.ts";
import { SignedOut } from "./house.ts";
import { makeKey } from "./key.ts";
import { element, trouble } from "./page.ts";
import { signRecord } from "./sign.ts";
import { tryKey } from "./trial.ts";

const ACTS: Readonly<Record<string, (mount: HTMLElement) => Promise<void>>> = {
  key: makeKey,
  trial: tryKey,
  confirm: confirmSetup,
  decrypt,
  sign: signRecord,
};

const mount = element("ceremony");
const play = ACTS[mount.dataset["mode"] ?? ""] ?? makeKey;

play(mount).catch((error: unknown) => {
  if (error instanceof SignedOut) trouble("trouble-signed-out", "");
  else trouble("trouble-refused", String(error));
});
