/** The board's page asks for its parts again every ten seconds; when nobody answers it says that its figures are old. */

import { morph } from "./morph.ts";

const EVERY = 10_000;
const PATIENCE = 8_000;

interface Live {
  readonly at: string;
  readonly regions: Readonly<Record<string, string>>;
}

/** Renew the page for as long as it is open; an answer that cannot be shown is none, and does not end the asking. */
export function keepRenewing(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-renews]");
  const address = place?.dataset["renews"];
  if (!place || !address) return;
  const again = async (): Promise<void> => {
    let isRenewed = false;
    try {
      const live = await ask(address);
      if (live) show(page, place, live);
      isRenewed = live !== null;
    } finally {
      for (const lost of page.querySelectorAll<HTMLElement>("[data-lost]")) lost.hidden = isRenewed;
      setTimeout(() => void again(), EVERY);
    }
  };
  setTimeout(() => void again(), EVERY);
}

async function ask(address: string): Promise<Live | null> {
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      redirect: "error", // whoever was signed out is led to the sign-in, and that is no answer
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? ((await answer.json()) as Live) : null;
  } catch {
    return null;
  }
}

// The words are the house's own, written by its templates; what people typed stands in them as text.
function show(page: Document, place: HTMLElement, live: Live): void {
  for (const [name, html] of Object.entries(live.regions)) {
    const region = place.querySelector(`[data-region="${name}"]`);
    if (!region) continue;
    const fresh = region.cloneNode(false) as Element;
    fresh.innerHTML = html;
    morph(region, fresh);
  }
  for (const shown of page.querySelectorAll<HTMLElement>("[data-renewed-at]")) shown.textContent = live.at;
}
