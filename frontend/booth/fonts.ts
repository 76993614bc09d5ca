/** All fonts are fetched at the start, for whichever language: a request for one later would tell what a voter reads. */
export function fetchFonts(): void {
  // A tablet that gets none of them writes with its own.
  for (const face of document.fonts) face.load().catch(() => undefined);
}
