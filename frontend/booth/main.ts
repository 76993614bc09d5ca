/** The tablet in the booth wakes up. */

import "./booth.css";

import { Booth } from "./booth.ts";
import { fetchFonts } from "./fonts.ts";
import { Tablet } from "./kiosk/tablet.ts";
import { pictures } from "./pictures.ts";
import { printSheet } from "./printing.ts";
import { Sealer } from "./sealer.ts";
import { BoothServer } from "./server.ts";
import { Sound } from "./sound/sound.ts";
import type { Event } from "./state.ts";
import { Page } from "./views/page.ts";

/** Two frames, the first draws the page, the second begins after it was seen; a hidden page has none to wait for. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, 250);
  });
}

function every(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds);
  return () => clearInterval(timer);
}

function wakeUp(root: HTMLElement): void {
  const base = root.dataset["base"] ?? "/";
  const dispatch = (event: Event): void => booth.dispatch(event);
  const page = new Page(root, dispatch);
  const tablet = new Tablet({ root, base, every, dispatch });
  const sound = new Sound(root, base, dispatch, () => booth.touched());
  const booth = new Booth({
    server: new BoothServer(base, (link) => dispatch({ type: "link", link })),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sealer: new Sealer(() => new Worker(new URL("sealer.js", import.meta.url))),
    show: (state) => {
      pictures.offer(state.offering);
      page.show(state);
      tablet.show(state);
      sound.follow(state);
    },
    painted,
    print: printSheet,
    every,
  });
  for (const touch of ["pointerdown", "keydown", "input"]) {
    addEventListener(touch, booth.touched, { passive: true });
  }
  // A page that the browser puts away and brings back must come back empty.
  addEventListener("pagehide", () => booth.dispatch({ type: "clear" }));
  booth.start();
  tablet.start();
}

fetchFonts();
const root = document.getElementById("booth");
if (root) wakeUp(root);
