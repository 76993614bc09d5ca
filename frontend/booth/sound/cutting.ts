/** A text on the screen is cut into the phrases that have been recorded, the longest first. */

const UNHEARD = /[\u00ad\u200e\u200f\u2066-\u2069]/g;
const SIGN = /[\p{L}\p{N}\p{M}]/u;

/** `unsaid` are the words for which there is no recording. */
export interface Cut<Clip> {
  readonly clips: readonly Clip[];
  readonly unsaid: readonly string[];
}

/** A text without what is not heard; the recordings were made of texts tidied likewise (`votingapp/recordings/phrases.py`). */
export function tidy(text: string): string {
  return text.replace(UNHEARD, "").replace(/\s+/g, " ").trim();
}

/** `find` gives the recording of exactly one text. */
export function cut<Clip>(raw: string, find: (text: string) => Clip | undefined): Cut<Clip> {
  const text = tidy(raw);
  const borders = bordersOf(text);
  const clips: Clip[] = [];
  const unsaid: string[] = [];
  let from = 0;
  while (from < text.length) {
    const ends = borders.filter((border) => border > from);
    const longest = longestOf(text, from, ends, find);
    if (longest !== undefined) {
      clips.push(longest[0]);
      from = longest[1];
      continue;
    }
    const next = ends[0] ?? text.length;
    const word = text.slice(from, next);
    if (SIGN.test(word)) unsaid.push(word);
    from = next;
  }
  return { clips, unsaid };
}

function longestOf<Clip>(
  text: string,
  from: number,
  ends: readonly number[],
  find: (text: string) => Clip | undefined,
): readonly [Clip, number] | undefined {
  for (const end of [...ends].reverse()) {
    const clip = find(text.slice(from, end));
    if (clip !== undefined) return [clip, end];
  }
  return undefined;
}

/** Where a phrase may begin or end: beside whatever is no letter and no digit. */
function bordersOf(text: string): readonly number[] {
  const borders: number[] = [];
  for (let place = 1; place <= text.length; place += 1) {
    const isWithin = place < text.length && SIGN.test(text[place - 1]!) && SIGN.test(text[place]!);
    if (!isWithin) borders.push(place);
  }
  return borders;
}
