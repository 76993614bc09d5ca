/** Beside each text stands how much of its room is used; a voice says it too, once she pauses. */

import { countStatement } from "./count.ts";

const PAUSE_MILLISECONDS = 1200;

/** Keep every count on the page up to date while the text above it is typed. */
export function keepCounts(page: Document): void {
  for (const shown of page.querySelectorAll<HTMLElement>("[data-counts]")) {
    const field = page.getElementById(shown.dataset["counts"] ?? "");
    const spoken = page.querySelector<HTMLElement>(`[data-says="${shown.dataset["counts"]}"]`);
    if (field instanceof HTMLTextAreaElement) follow(field, shown, spoken);
  }
}

function follow(field: HTMLTextAreaElement, shown: HTMLElement, spoken: HTMLElement | null): void {
  let timer = 0;
  const show = (): void => {
    const used = countStatement(field.value);
    shown.textContent = said(used, shown.dataset);
    shown.classList.toggle("over", used > Number(shown.dataset["limit"]));
  };
  field.addEventListener("input", () => {
    show();
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (spoken) spoken.textContent = shown.textContent;
    }, PAUSE_MILLISECONDS);
  });
  show();
}

/** The sentence of the page with the figures put in: the count, or by how much the text is too long. */
export function said(used: number, words: Readonly<Record<string, string | undefined>>): string {
  const limit = Number(words["limit"]);
  const sentence = (used > limit ? words["over"] : words["fits"]) ?? "";
  return sentence
    .replace("{used}", String(used))
    .replace("{limit}", String(limit))
    .replace("{over}", String(used - limit));
}
