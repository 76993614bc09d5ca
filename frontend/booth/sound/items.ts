/** What of the page can be heard, in which order, and in which words: the same that it shows. */

const ITEMS = "h1, h2, h3, p, legend, li, label.choice, button, input, summary";
const CONTROLS = "button, input, summary";

/** The text of a part of the page, and in which language it is. */
export interface Spoken {
  readonly language: string;
  readonly text: string;
}

/** Everything below `root` that is in sight and says something, the header last. The one item of a mark is its line. */
export function itemsOf(root: HTMLElement): readonly HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>(ITEMS)].filter(isItem);
  const isHead = (item: HTMLElement): boolean => item.closest(".head") !== null;
  return [...found.filter((item) => !isHead(item)), ...found.filter(isHead)];
}

/** The item that an element is part of. */
export function itemAt(element: Element): HTMLElement | undefined {
  const mark = element.closest<HTMLElement>("label.choice");
  const item = mark ?? element.closest<HTMLElement>(ITEMS);
  return item ?? undefined;
}

function isItem(item: HTMLElement): boolean {
  if (item.closest("[aria-hidden=true], .dark, .sound-bar") !== null || item.getClientRects().length === 0) return false;
  if (item.matches(":disabled, .receipt") || (item.matches("input") && item.closest("label.choice"))) return false;
  // What holds other items is said by them.
  if (item.matches("li, p, legend, h1, h2, h3") && item.querySelector(ITEMS) !== null) return false;
  const outer = item.parentElement?.closest("button, label.choice, summary");
  return !outer && spokenOf(item).length > 0;
}

/** What Enter does something with: the item itself, or the mark in it. */
export function controlOf(item: HTMLElement): HTMLElement | undefined {
  if (item.matches(CONTROLS)) return item;
  return item.matches("label.choice") ? (item.querySelector("input") ?? undefined) : undefined;
}

/** Whether a mark or a choice is set; undefined where nothing can be set. */
export function isSet(item: HTMLElement): boolean | undefined {
  const control = controlOf(item);
  if (control instanceof HTMLInputElement && control.type !== "text" && control.type !== "search") return control.checked;
  const pressed = control?.getAttribute("aria-pressed") ?? control?.getAttribute("aria-current");
  return pressed == null ? undefined : pressed === "true";
}

/** The words of an item, part by part in their languages. */
export function spokenOf(item: HTMLElement): readonly Spoken[] {
  const name = item.getAttribute("aria-label");
  if (name !== null) return [{ language: languageOf(item), text: name }];
  if (item instanceof HTMLInputElement) return [...(item.labels ?? [])].flatMap((label) => textsOf(label));
  return textsOf(item);
}

function textsOf(element: HTMLElement): readonly Spoken[] {
  const parts: { language: string; text: string }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (parent.closest("[aria-hidden=true], [hidden]") !== null) continue;
    const language = languageOf(parent);
    const last = parts.at(-1);
    // What stands in two elements is not one word.
    if (last?.language === language) last.text += ` ${node.nodeValue}`;
    else parts.push({ language, text: node.nodeValue ?? "" });
  }
  return parts.filter(({ text }) => text.trim() !== "");
}

function languageOf(element: Element): string {
  return element.closest("[lang]")?.getAttribute("lang") ?? "";
}
