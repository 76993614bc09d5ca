/** The page holds every sentence, hidden; the program only shows and hides them. */

/** The part of a page with this name; undefined where a page has none. */
export function part<Kind extends HTMLElement>(name: string, within: ParentNode = document): Kind | undefined {
  return within.querySelector<Kind>(`[data-desk-part="${name}"]`) ?? undefined;
}

/** Show or hide a part, if it is there. */
export function show(name: string, isShown: boolean, within: ParentNode = document): void {
  const found = part(name, within);
  if (found !== undefined && found.hidden === isShown) found.hidden = !isShown;
}
