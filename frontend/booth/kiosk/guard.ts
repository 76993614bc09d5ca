/** The tablet stays on this page: what a browser does with a long press, a drag, a key or a gesture back is not done here. */

/** Keys that lead out of the page or show another one, by `code`; the keys that make a page larger are none of them. */
const LEADING_AWAY = new Set(["F1", "F3", "F7", "BrowserBack", "BrowserForward", "BrowserHome", "BrowserSearch", "BrowserFavorites"]);
const WITH_CONTROL = new Set(["KeyD", "KeyE", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK", "KeyL", "KeyN", "KeyO", "KeyP", "KeyS", "KeyT", "KeyU", "KeyW"]);
const WITH_ALT = new Set(["ArrowLeft", "ArrowRight", "Home"]);

/** Whether a key would lead away from the voter's page. */
export function leadsAway(key: Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  if (LEADING_AWAY.has(key.code)) return true;
  if (key.ctrlKey || key.metaKey) return WITH_CONTROL.has(key.code) || (key.metaKey && key.code.startsWith("Arrow"));
  return key.altKey && WITH_ALT.has(key.code);
}

/** Menus of a long press, what is dragged or dropped, and the clipboard, which would outlive the voter. */
const NOT_DONE = ["contextmenu", "dragstart", "dragover", "drop", "copy", "cut"] as const;

const refuse = (event: Event): void => event.preventDefault();

export function guardPage(): void {
  for (const name of NOT_DONE) document.addEventListener(name, refuse);
  // Nor is a voter asked whether she wants this page on the home screen.
  addEventListener("beforeinstallprompt", refuse);
  addEventListener("keydown", (event) => {
    if (leadsAway(event)) event.preventDefault();
  });
  stayHere();
}

/** Back leads to an entry that is this very page, and from there forward again at once: nothing changes on the screen. */
function stayHere(): void {
  const isHere = (): boolean => (history.state as { stay?: unknown } | null)?.stay === true;
  const stay = (): void => {
    if (!isHere()) history.pushState({ stay: true }, "");
  };
  stay();
  addEventListener("popstate", stay);
}
