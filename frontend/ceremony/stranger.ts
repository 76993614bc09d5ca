/** Some things a member's device fetches as a stranger, so that the town hall cannot know for whom it would answer otherwise. */

import { fetchPatiently } from "./house.ts";

/** A public file, as anybody gets it. */
export async function publicFile(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchPatiently(url, { credentials: "omit" })).arrayBuffer());
}

/** What stands on a public page at the element with this id; empty where nothing does. */
export async function publicText(url: string, id: string): Promise<string> {
  const source = await (await fetchPatiently(url, { credentials: "omit" })).text();
  const page = new DOMParser().parseFromString(source, "text/html");
  return page.getElementById(id)?.textContent?.trim() ?? "";
}
