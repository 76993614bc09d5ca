/** A slip of the first login is scanned: what stands behind the `#`, where no server and no log sees it, is put into the form.
 *
 *  Nothing is sent by itself: whoever follows somebody else's link sees whose login it is before she presses.
 */

import { slipIn } from "./slip.ts";

const form = document.querySelector<HTMLFormElement>("form[data-slip]");

function take(): void {
  const slip = slipIn(location.hash);
  const login = form?.querySelector<HTMLInputElement>("input[name=login]");
  const password = form?.querySelector<HTMLInputElement>("input[name=password]");
  if (slip === null || !form || !login || !password) return;
  login.value = slip.login;
  password.value = slip.code;
  document.querySelector("#from-slip")?.removeAttribute("hidden");
  // The address bar and the history are not to keep it either.
  history.replaceState(null, "", location.pathname + location.search);
  form.querySelector<HTMLButtonElement>("button[type=submit]")?.focus();
}

addEventListener("hashchange", take);
take();
