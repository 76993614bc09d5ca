/** A desk takes a slip back: each form that asks for one learns its public half here, and the private code goes no further. */

import { SlipForm } from "./form.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-slip]")) {
  const slip = new SlipForm(form);
  // A page that the browser puts away and brings back must come back empty.
  addEventListener("pagehide", () => slip.forget());
}

// Kept alive by the browser, a form sent before would be sent a second time as the same one: fetch a fresh page instead.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
