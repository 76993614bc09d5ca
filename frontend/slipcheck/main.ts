/** A desk takes a slip back: each form that asks for one learns its public half here, and the private code goes no further. */

import { SlipForm } from "./form.ts";

let forms: readonly SlipForm[] = [];

function forget(): void {
  for (const form of forms) form.forget();
}

/** Serve the forms of the page that stands there now; one that has gone has a camera to turn off. */
function take(): void {
  forget();
  forms = [...document.querySelectorAll<HTMLFormElement>("form[data-slip]")].map((form) => new SlipForm(form));
}

take();
document.addEventListener("desk:arrived", take);
// A page that the browser puts away and brings back must come back empty.
addEventListener("pagehide", forget);

// Kept alive by the browser, a form sent before would be sent a second time as the same one: fetch a fresh page instead.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
