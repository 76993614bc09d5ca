/** What a service worker is given by the browser; the types at hand are those of pages. */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** Before its first request a worker may say which ones it is never to see. */
interface Installing extends Extendable {
  addRoutes?(rules: readonly { condition: { requestMethod: string } | { urlPattern: string }; source: "network" }[]): Promise<void>;
}

interface Asked extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Events {
  readonly install: Installing;
  readonly activate: Extendable;
  readonly fetch: Asked;
  readonly message: Extendable & { readonly data: unknown; readonly ports: readonly MessagePort[] };
}

/** A service worker's own side. */
export interface Scope {
  readonly caches: CacheStorage;
  readonly clients: { claim(): Promise<void>; matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly unknown[]> };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
}
