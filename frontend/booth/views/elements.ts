/** Pages are built from elements and text nodes only; no text is ever read as markup. */

type Value = string | boolean | ((event: Event) => void);
export type Attributes = Readonly<Record<string, Value>>;

/**
 * Make an element. A function is a listener for the event of that name, `true` sets a bare attribute,
 * `false` leaves it away.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** The heading of a screen, which takes the focus when the screen appears. */
export function heading(text: string): HTMLHeadingElement {
  return element("h1", { tabindex: "-1" }, text);
}

export function paragraph(text: string, className = ""): HTMLParagraphElement {
  return className === "" ? element("p", {}, text) : element("p", { class: className }, text);
}

/** The head of a screen as wide as the ballot paper: its heading and the sentence below it, and what stands `beside` them. */
export function paperHead(title: string, text: string, ...beside: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "paper-head" }, element("div", {}, heading(title), paragraph(text, "lead")), ...beside);
}

/** A name as the election writes it: Danish to a voice that reads aloud, and in its own direction in any sentence. */
export function danish(text: string, className = ""): HTMLElement {
  return element("bdi", className === "" ? { lang: "da" } : { lang: "da", class: className }, text);
}

/** A button that does something on this page. */
export function button(text: string, press: () => void, kind: "primary" | "plain" = "plain"): HTMLButtonElement {
  return element("button", { type: "button", class: kind, click: press }, text);
}

/** The row of buttons that ends a screen; the main one stands first. */
export function actions(...buttons: readonly HTMLButtonElement[]): HTMLDivElement {
  return element("div", { class: "actions" }, ...buttons);
}
