/** The town hall relays: what is sent to it here is public, or sealed to the member who shall read it. */

import { calm, pause, trouble } from "./page.ts";

const RETRY_MILLISECONDS = 3000;

/** The house answered that it will not take this; nothing is gained by sending it again. */
export class HouseRefusal extends Error {
  override readonly name = "HouseRefusal";
}

/** The session is over; only a new sign-in helps. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** Fetch until the line carries it; people are told meanwhile. */
async function persist(url: string, options: RequestInit): Promise<Response> {
  for (;;) {
    try {
      const response = await fetch(url, { credentials: "same-origin", ...options, cache: "no-store" });
      if (response.status < 500) {
        calm();
        return response;
      }
      trouble("trouble-line", String(response.status));
    } catch (error) {
      trouble("trouble-line", String(error));
    }
    await pause(RETRY_MILLISECONDS);
  }
}

/** Read JSON; an answer that is a page instead is the way to the sign-in. */
export async function read<T>(url: string): Promise<T> {
  const response = await persist(url, { headers: { accept: "application/json" } });
  if (!isJson(response)) throw new SignedOut();
  if (!response.ok) throw new HouseRefusal(await response.text());
  return (await response.json()) as T;
}

/** Fetch what is no JSON, until the line carries it. */
export async function fetchPatiently(url: string, options: RequestInit): Promise<Response> {
  const response = await persist(url, options);
  if (!response.ok) throw new HouseRefusal(`${url} ${response.status}`);
  return response;
}

/** Fetch a public file. */
export async function download(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchPatiently(url, {})).arrayBuffer());
}

/**
 * Send a line of JSON as it stands.
 *
 * Sending something that the house already has, or does not want yet, is no fault: the next look at the state
 * tells where everybody stands.
 *
 * @returns what the house says became of it, in a word: `taken`, or why it did not want it.
 * @throws HouseRefusal when the house finds the message wrong.
 */
export async function send(url: string, csrf: string, line: string): Promise<string> {
  const response = await persist(url, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", "x-csrftoken": csrf },
    body: line,
  });
  if (!isJson(response)) throw new SignedOut();
  if (response.status !== 201 && response.status !== 409) throw new HouseRefusal(await response.text());
  return ((await response.json()) as { readonly status?: string }).status ?? "";
}

function isJson(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("application/json") === true;
}
