/**
 * A hand scanner types without asking where the cursor is: what would be typed into nothing goes into the page's field, and
 * what no field takes presses nothing. Its Enter is known by the sign that it follows.
 */

const WITHOUT_TEXT = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

/** Within this time after a sign, Enter or a space is a scanner's: slow ones leave 50 ms between keys, and nobody types so fast. */
const IN_ONE_SCAN_MS = 300;

/** From now on a sign that no field would take is typed into the field that wants it, if there is one, and presses nothing. */
export function catchTyping(page: Document): void {
  let lastSignAt = Number.NEGATIVE_INFINITY;
  page.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isSign(event)) {
        lastSignAt = event.timeStamp;
        if (!takesText(page.activeElement)) focusField(page);
      } else if (event.key !== "Enter" && event.key !== " ") return;
      else if (takesText(page.activeElement)) {
        // What the field was to get has ended: the next press is a person's, however soon the answer comes.
        if (event.key === "Enter") lastSignAt = Number.NEGATIVE_INFINITY;
      } else if (event.timeStamp - lastSignAt <= IN_ONE_SCAN_MS) {
        lastSignAt = event.timeStamp; // some scanners end with two
        event.preventDefault();
      }
    },
    { capture: true },
  );
}

/** A button or a tick that wants the cursor takes no text, and a scanner is not to be led to it. */
function focusField(page: Document): void {
  const wanted = page.querySelector<HTMLElement>("main [autofocus]");
  if (takesText(wanted)) wanted?.focus();
}

/** A key that writes something: scanners put signs, too, before what they read; a space scrolls the page or presses a button. */
function isSign(event: KeyboardEvent): boolean {
  return [...event.key].length === 1 && event.key !== " ";
}

function takesText(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !WITHOUT_TEXT.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}
