/** The time left to a deadline, by the house's clock: a telephone that is set wrong tells nobody that she has time. */

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;
const SHOWN = 2;
const SECOND = 1000;

/** The two largest units that are not zero, rounded down, in a language: `2 dage og 3 timer`; Latin digits everywhere. */
export function timeLeft(seconds: number, language: string): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const number = Math.floor(rest / length);
    rest -= number * length;
    if (number > 0 || (unit === "second" && parts.length === 0)) {
      const words = { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" } as const;
      parts.push(new Intl.NumberFormat(language, words).format(number));
    }
  }
  return new Intl.ListFormat(language).format(parts.slice(0, SHOWN));
}

/** Let every clock on the page go, until the second that the deadline names is over. */
export function keepClocks(page: Document): void {
  for (const clock of page.querySelectorAll<HTMLElement>("[data-until]")) {
    const left = Date.parse(clock.dataset["until"] ?? "") - Date.parse(clock.dataset["now"] ?? "");
    if (Number.isFinite(left)) run(clock, left, page.documentElement.lang);
  }
}

function run(clock: HTMLElement, left: number, language: string): void {
  const began = performance.now();
  const tick = (): void => {
    const rest = left - (performance.now() - began);
    const over = rest <= -SECOND;
    clock.hidden = over;
    const sentence = clock.parentElement?.querySelector<HTMLElement>(".clock-over");
    if (sentence) sentence.hidden = !over;
    if (over) return;
    clock.textContent = timeLeft(rest / SECOND, language);
    setTimeout(tick, SECOND);
  };
  tick();
}
