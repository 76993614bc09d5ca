/**
 * Keys on the screen with the signs of a slip's code and no others: large, in one order, each reached by Tab. They learn
 * no word, unlike a tablet's own keyboard, and stand instead of it where the tablet is touched.
 */

import type { Translate } from "../messages/index.ts";
import { BASE58 } from "../../protocol/index.ts";
import { button, element } from "../views/elements.ts";

const KINDS = [
  { name: "digits", signs: /[0-9]/ },
  { name: "capitals", signs: /[A-Z]/ },
  { name: "smalls", signs: /[a-z]/ },
] as const;

/** The keys, and what shows or hides them. */
export interface CodeKeyboard {
  readonly toggle: HTMLButtonElement;
  readonly keys: HTMLElement;
}

/** Keys for a text field in a form; the field's own events tell of what is pressed, as if it had been typed. */
export function codeKeyboard(input: HTMLInputElement, form: string, t: Translate): CodeKeyboard {
  const keys = element("div", { id: "code-keys", class: "keys", role: "group", "aria-label": t("keys.name"), hidden: true });
  // A finger gets these keys with the field, a mouse has a keyboard beside it.
  let comes = matchMedia("(pointer: coarse)").matches;
  const toggle = button("", () => {
    comes = keys.hidden !== false;
    show(comes);
  });
  toggle.setAttribute("aria-controls", "code-keys");
  const show = (isShown: boolean): void => {
    keys.hidden = !isShown;
    toggle.setAttribute("aria-expanded", String(isShown));
    toggle.textContent = t(isShown ? "keys.hide" : "keys.show");
    if (isShown) input.scrollIntoView({ block: "start" }); // what is typed stays in sight above the keys
    // Where these keys come, the tablet's own stay away.
    if (comes) input.setAttribute("inputmode", "none");
    else input.removeAttribute("inputmode");
  };
  keys.append(...KINDS.map(({ name, signs }) => row(t(`keys.${name}`), [...BASE58].filter((sign) => signs.test(sign)), input, t)));
  const done = element("button", { type: "submit", class: "primary", form }, t("slip.continue"));
  keys.append(element("div", { class: "keys-row" }, key(t("keys.erase"), t("keys.erase"), () => erase(input), "key wide"), done));
  keys.addEventListener("keydown", walk);
  input.addEventListener("focus", () => {
    if (comes) show(true);
  });
  show(false);
  return { toggle, keys };
}

function row(name: string, signs: readonly string[], input: HTMLInputElement, t: Translate): HTMLElement {
  const made = signs.map((sign) => key(sign, spoken(sign, t), () => type(input, sign)));
  return element("div", { class: "keys-row", role: "group", "aria-label": name, dir: "ltr" }, ...made);
}

function key(text: string, name: string, press: () => void, kind = "key"): HTMLButtonElement {
  return element("button", { type: "button", class: kind, translate: "no", "aria-label": name, click: press }, text);
}

/** A voice tells large letters from small ones only when it is told to. */
function spoken(sign: string, t: Translate): string {
  if (/[0-9]/.test(sign)) return sign;
  return sign === sign.toUpperCase() ? t("keys.capital", { letter: sign }) : t("keys.small", { letter: sign });
}

function type(input: HTMLInputElement, sign: string): void {
  if (input.readOnly || input.value.length >= input.maxLength) return;
  replace(input, sign, input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length);
}

function erase(input: HTMLInputElement): void {
  if (input.readOnly) return;
  const end = input.selectionEnd ?? input.value.length;
  const start = input.selectionStart ?? end;
  replace(input, "", start === end ? Math.max(0, start - 1) : start, end);
}

function replace(input: HTMLInputElement, text: string, start: number, end: number): void {
  input.setRangeText(text, start, end, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The arrow keys go from key to key, up and down to the nearest of the next line. */
function walk(event: KeyboardEvent): void {
  const from = event.target;
  if (!(from instanceof HTMLButtonElement) || !event.key.startsWith("Arrow")) return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll("button")];
  const isSideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
  const to = isSideways ? beside(all, from, event.key === "ArrowRight") : across(all, from, event.key === "ArrowDown");
  event.preventDefault();
  to?.focus();
}

function beside(all: readonly HTMLButtonElement[], from: HTMLButtonElement, isRight: boolean): HTMLButtonElement | undefined {
  return all[all.indexOf(from) + (isRight ? 1 : -1)];
}

function across(all: readonly HTMLButtonElement[], from: HTMLButtonElement, isDown: boolean): HTMLButtonElement | undefined {
  const { left, top } = from.getBoundingClientRect();
  const places = all.map((one) => ({ one, box: one.getBoundingClientRect() }));
  const beyond = places.filter(({ box }) => (isDown ? box.top > top : box.top < top));
  const lines = beyond.map(({ box }) => box.top);
  const line = isDown ? Math.min(...lines) : Math.max(...lines);
  const there = beyond.filter(({ box }) => box.top === line);
  return there.sort((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left))[0]?.one;
}
