/** The code of an invitation stands behind the `#` of the scanned address, where no server and no log sees it; it is put into the form. */

import { codeIn } from "./code.ts";

const field = document.querySelector<HTMLInputElement>("input[data-join-code]");

function take(): void {
  const code = codeIn(location.hash);
  if (field === null || code === "") return;
  field.value = code;
  // The address bar and the history are not to keep it either.
  history.replaceState(null, "", location.pathname);
  field.form?.querySelector<HTMLButtonElement>("button[type=submit]")?.focus();
}

addEventListener("hashchange", take);
take();
