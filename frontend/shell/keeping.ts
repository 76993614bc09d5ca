/**
 * What a tablet keeps, so that the booth stays when the network blinks: its own files, each by its hash, fetched before the
 * first voter and never because of one. Nothing else goes into the cache: no election, no slip, no ballot, no answer.
 */

/** `files` are addresses with the SHA-256 (hex) of what must lie there; `page` is one of them, `cache` names them all. */
export interface Shell {
  readonly cache: string;
  readonly page: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What the keeping works with. */
export interface Means {
  readonly caches: Pick<CacheStorage, "open" | "delete" | "keys">;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly sha256: (bytes: ArrayBuffer) => Promise<string>;
}

/** How long the house may take to answer before the kept page is shown, in milliseconds. */
export const PATIENCE_MS = 4_000;

/** How long one file may take, in milliseconds; twenty tablets may be switched on at once. */
const FETCHING_MS = 60_000;

/** The page's own state of the network is not that of the kept bytes. */
const OF_THE_WIRE = ["content-encoding", "content-length", "transfer-encoding"];

/** Fetch every file of the shell. All of them are there afterwards, or none, and then it throws. */
export async function keepAll(shell: Shell, { caches, fetch, sha256 }: Means): Promise<void> {
  try {
    const cache = await caches.open(shell.cache);
    for (const [address, hash] of Object.entries(shell.files)) {
      const init = { cache: "reload", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(FETCHING_MS) } as const;
      const answer = await fetch(address, init);
      const bytes = await answer.arrayBuffer();
      if (answer.status !== 200 || (await sha256(bytes)) !== hash) throw new Error(`${address} is not what was announced`);
      await cache.put(address, new Response(bytes, { headers: ofTheFile(answer.headers) }));
    }
  } catch (error) {
    await caches.delete(shell.cache);
    throw error;
  }
}

function ofTheFile(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of OF_THE_WIRE) kept.delete(name);
  return kept;
}

/** What stands before the name of a file in its address; the page, which names the tablet, has no such address. */
const STATIC = "/static/";

/**
 * One hash of the files that are kept, as `sha256sum` lists them and as the signed report prints it (votingapp/version.py).
 * Undefined where the browser has thrown one of them away.
 */
export async function keptCode(shell: Shell, { caches, sha256 }: Pick<Means, "caches" | "sha256">): Promise<string | undefined> {
  const cache = await caches.open(shell.cache);
  const lines: string[] = [];
  for (const address of Object.keys(shell.files).filter((one) => one !== shell.page && one.includes(STATIC)).sort()) {
    const kept = await cache.match(address, { ignoreVary: true });
    if (kept === undefined) return undefined;
    lines.push(`${await sha256(await kept.arrayBuffer())}  ${address.slice(address.indexOf(STATIC) + STATIC.length)}\n`);
  }
  return sha256(new TextEncoder().encode(lines.join("")).buffer);
}

/** Let go of every other cache: an older program's, another election's. */
export async function keepNothingElse(shell: Shell, { caches }: Means): Promise<void> {
  for (const name of await caches.keys()) if (name !== shell.cache) await caches.delete(name);
}

/** How a request is answered: by the page, by a file of the shell, or by the network as if nothing were kept. */
export function wayOf(shell: Shell, request: Pick<Request, "method" | "mode" | "destination" | "url">): "page" | "file" | "network" {
  if (request.method !== "GET") return "network";
  const { pathname, search } = new URL(request.url);
  const isListed = search === "" && Object.hasOwn(shell.files, pathname);
  if (request.mode !== "navigate") return isListed && pathname !== shell.page ? "file" : "network";
  // A frame within another page is nothing that a booth has.
  return pathname === shell.page && request.destination === "document" ? "page" : "network";
}

/**
 * The page. The house is asked first, and where it lets this tablet in the page is the kept one, so that page, program and
 * reader are always of one make. What it refuses is refused; where it says nothing, or is in trouble, the kept page stays.
 */
export async function openPage(shell: Shell, means: Means): Promise<Response> {
  const cache = await means.caches.open(shell.cache);
  const kept = await cache.match(shell.page, { ignoreVary: true });
  const init = { cache: "no-store", credentials: "same-origin", redirect: "manual" } as const;
  if (kept === undefined) return means.fetch(shell.page, init);
  try {
    const answer = await means.fetch(shell.page, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok || answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  }
}

/** A file of the shell; where the browser has thrown it away it comes from the network. */
export async function openFile(shell: Shell, { caches, fetch }: Means, request: Request): Promise<Response> {
  const cache = await caches.open(shell.cache);
  const kept = await cache.match(new URL(request.url).pathname, { ignoreVary: true });
  return kept ?? fetch(request.url, { credentials: "same-origin" });
}
