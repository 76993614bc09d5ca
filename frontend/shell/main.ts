/** The service worker of one booth. The house writes the list of its files above this program. */

import { type Means, type Shell, keepAll, keptCode, keepNothingElse, openFile, openPage, wayOf } from "./keeping.ts";
import type { Scope } from "./scope.ts";

const own = globalThis as unknown as Scope & { readonly shell?: Shell };
const { shell } = own;
if (shell === undefined) throw new Error("a worker without its list of files");

const means: Means = {
  caches: own.caches,
  fetch: (address, init) => fetch(address, init),
  sha256: async (bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
};

own.addEventListener("install", (event) => {
  event.waitUntil(keepAll(shell, means));
  // A browser that can be told lets nothing of a vote come this way at all; any other is answered "network" below.
  const past = [{ requestMethod: "POST" }, { urlPattern: `${shell.page}*.json` }];
  event.addRoutes?.(past.map((condition) => ({ condition, source: "network" }))).catch(() => {});
});

own.addEventListener("activate", (event) => event.waitUntil(keepNothingElse(shell, means).then(() => own.clients.claim())));

/** The page says when nobody is voting on it, for a second window could have a voter of its own, or asks what is kept. */
own.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver());
  if (event.data === "which program") event.waitUntil(keptCode(shell, means).then((code) => event.ports[0]?.postMessage(code)));
});

async function takeOver(): Promise<void> {
  const windows = await own.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length === 1) await own.skipWaiting();
}

own.addEventListener("fetch", (event) => {
  const { request } = event;
  switch (wayOf(shell, request)) {
    case "page":
      return event.respondWith(openPage(shell, means));
    case "file":
      return event.respondWith(openFile(shell, means, request));
    case "network":
  }
});
