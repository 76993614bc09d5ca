/** The picture beside a candidate's name: as large for one as for another, and silent, since the name stands beside it. */

import type { Candidate } from "../offering.ts";
import { pictures } from "../pictures.ts";
import { element } from "./elements.ts";

/** Takes the room of a picture that has not come. */
const BLANK = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

/** Nothing where no candidate of the election has a picture. Whoever looks at which, none is fetched for it (`pictures.ts`). */
export function portrait({ photo }: Candidate): readonly HTMLImageElement[] {
  if (photo === null) return [];
  const here = pictures.of(photo);
  const shown = here === undefined ? { src: BLANK, "data-picture": photo } : { src: here };
  return [element("img", { class: "portrait", ...shown, alt: "", width: "240", height: "240" })];
}
