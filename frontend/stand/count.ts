/** Characters as a reader sees them, counted as `candidates/texts.py` counts them, so that the form never promises room it has not. */

const ONLY_MODIFIES = /[\p{M}\p{Cf}]/u;

/** Letters, signs, spaces and line breaks, one each: the text composed (NFC), marks and format characters left out. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const letter of text.normalize("NFC")) if (!ONLY_MODIFIES.test(letter)) count += 1;
  return count;
}

/** The same of a statement as the house takes it in: one sign for a line break, no spaces or breaks at the ends. */
export function countStatement(text: string): number {
  return countCharacters(trimmed(text.normalize("NFC").replace(/\r\n?/g, "\n")));
}

/** Without spaces and line breaks at its ends, and nothing else that a script might take for white space. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\n";
}
