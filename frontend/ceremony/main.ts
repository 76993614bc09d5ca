/** In the key ceremony and at the decryption a board member's own browser does what nobody may do for her. */

import { decrypt } from "./decrypt.ts";
import { SignedOut } from "./house.ts";
import { makeKey } from "./key.ts";
import { element, trouble } from "./page.ts";

const mount = element("ceremony");
const play = mount.dataset["mode"] === "decrypt" ? decrypt : makeKey;

play(mount).catch((error: unknown) => {
  if (error instanceof SignedOut) trouble("trouble-signed-out", "");
  else trouble("trouble-refused", String(error));
});
