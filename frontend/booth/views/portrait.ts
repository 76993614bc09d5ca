/** The picture beside a candidate's name: as large for one as for another, and silent, since the name stands beside it. */

import type { Candidate } from "../offering.ts";
import { element } from "./elements.ts";

/** Nothing where no candidate of the election has a picture. All are fetched with the ballot paper, whoever looks at which. */
export function portrait({ photo }: Candidate): readonly HTMLImageElement[] {
  if (photo === null) return [];
  return [element("img", { class: "portrait", src: photo, alt: "", width: "240", height: "240" })];
}
