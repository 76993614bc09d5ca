/** Pages are built of nodes and texts alone: whatever stands in a stranger's file is never read as markup. */

type Child = Node | string;

/** How deep the headings of a part stand: below the page's own one, or below that of its section. */
export type Heading = "h2" | "h3";

interface Attributes {
  readonly [name: string]: string | boolean;
}

/** An element with its attributes; one that is `true` stands without a value, one that is `false` does not stand. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

export function button(words: string, kind: "" | "second", press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: kind }, words);
  made.addEventListener("click", press);
  return made;
}

/** A code or hash, which is written from left to right in every language. */
export function code(text: string): HTMLElement {
  return make("code", { dir: "ltr", translate: "no" }, text);
}

/** A name that somebody typed, in its own direction. */
export function name(text: string): HTMLElement {
  return make("bdi", { lang: "da", dir: "auto" }, text);
}

/** Let screen readers and keyboards go on from here. */
export function focus(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus();
}
