/** Before the house forgets who she is, the page says so and offers to save: nothing that was typed is lost by waiting. */

const SECOND = 1000;
const LOOK_EVERY = 10 * SECOND;

/** Show each warning of the page once its seconds have gone by; a telephone that slept in between is late, but not for long. */
export function warnBeforeSignOut(page: Document): void {
  for (const warning of page.querySelectorAll<HTMLElement>("[data-warn-after]")) {
    const due = Date.now() + Number(warning.dataset["warnAfter"]) * SECOND;
    const timer = setInterval(() => {
      if (Date.now() < due) return;
      clearInterval(timer);
      warning.hidden = false;
    }, LOOK_EVERY);
  }
}
