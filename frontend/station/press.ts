/** One press says how many wait, and the page stays as it is, with whatever is being typed on it. */

const PATIENCE = 8_000;

/**
 * Send the presses of every such form without leaving the page; without an answer the desk is told to press again.
 *
 * One is sent at a time, so that the house ends with the number that was pressed last; of those that come meanwhile only
 * the last is sent.
 */
export function sendPresses(page: Document): void {
  let next: (() => Promise<void>) | undefined;
  let isSending = false;
  const work = async (): Promise<void> => {
    isSending = true;
    try {
      for (let one = next; one !== undefined; one = next) {
        next = undefined;
        await one();
      }
    } finally {
      isSending = false;
    }
  };
  page.addEventListener("submit", (event) => {
    const { target: form, submitter: pressed } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !("presses" in form.dataset)) return;
    event.preventDefault();
    if (!(pressed instanceof HTMLButtonElement)) return;
    next = () => send(form, pressed);
    if (!isSending) void work();
  });
}

async function send(form: HTMLFormElement, pressed: HTMLButtonElement): Promise<void> {
  const told = await ask(form, pressed);
  for (const button of form.querySelectorAll("button")) {
    if (told !== null) button.setAttribute("aria-pressed", String(button === pressed));
  }
  const shown = form.querySelector<HTMLElement>("[data-told]");
  const failed = form.querySelector<HTMLElement>("[data-untold]");
  if (shown) shown.textContent = told ?? "";
  if (failed) failed.hidden = told !== null;
}

function fieldsOf(form: HTMLFormElement, pressed: HTMLButtonElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, pressed)) {
    if (typeof value === "string") fields.append(name, value);
  }
  return fields;
}

async function ask(form: HTMLFormElement, pressed: HTMLButtonElement): Promise<string | null> {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fieldsOf(form, pressed),
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) return null;
    const said = (await answer.json()) as { readonly told: string };
    return said.told;
  } catch {
    return null;
  }
}
