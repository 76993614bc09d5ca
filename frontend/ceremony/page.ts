/** The page holds every sentence already, hidden; the program only shows, hides and fills in what is counted. */

/** The element with this id, which the page is sure to have. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found;
}

export function show(id: string): void {
  element(id).hidden = false;
}

export function hide(id: string): void {
  element(id).hidden = true;
}

export function say(id: string, text: string): void {
  element(id).textContent = text;
}

/** Resolves when a button is pressed. */
export function pressed(id: string): Promise<void> {
  return new Promise((resolve) => {
    element(id).addEventListener("click", () => resolve(), { once: true });
  });
}

/** Resolves when a form is sent; it goes nowhere. */
export function submitted(id: string): Promise<void> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      event.preventDefault();
      resolve();
    };
    element(id).addEventListener("submit", listener, { once: true });
  });
}

/** Shows in a bar how much is done. */
export function tellShare(id: string): (share: number) => void {
  const bar = element(id) as HTMLProgressElement;
  return (share) => {
    bar.value = share;
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const TROUBLES = ["trouble-refused", "trouble-line", "trouble-signed-out"] as const;

/** Tell that something is wrong; `detail` is for whoever is called to help. */
export function trouble(which: (typeof TROUBLES)[number], detail: string): void {
  for (const each of TROUBLES) element(each).hidden = each !== which;
  say("trouble-detail", detail);
  show("trouble");
}

/** Whatever was wrong has passed. */
export function calm(): void {
  hide("trouble");
}

/** Read aloud and compared by people: a hash in groups of eight. */
export function grouped(digest: string): string {
  return (digest.match(/.{1,8}/g) ?? []).join(" ");
}
