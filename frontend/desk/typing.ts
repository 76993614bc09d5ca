/** A hand scanner types without asking where the cursor is: what would be typed into nothing goes into the page's field. */

const WITHOUT_TEXT = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

/** From now on a sign that no field would take is typed into the field that the page wants to have the cursor. */
export function catchTyping(page: Document): void {
  page.addEventListener(
    "keydown",
    (event) => {
      if (isSign(event) && !takesText(page.activeElement)) page.querySelector<HTMLElement>("main [autofocus]")?.focus();
    },
    { capture: true },
  );
}

/** A key that writes something: scanners put signs, too, before what they read; a space scrolls the page or presses a button. */
function isSign(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  return [...event.key].length === 1 && event.key !== " ";
}

function takesText(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !WITHOUT_TEXT.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}
