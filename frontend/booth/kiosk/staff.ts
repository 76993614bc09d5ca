/** What the idle screen tells whoever sets the tablet up, and the press that takes the browser's own buttons away. */

import { type Translate, wordsIn } from "../messages/index.ts";
import { pictures } from "../pictures.ts";
import type { State } from "../state.ts";
import { button, element, paragraph } from "../views/elements.ts";
import type { Keeping } from "../worker/keeper.ts";

/** The page already stands by itself: opened from the home screen, or pressed to. */
const BY_ITSELF = "(display-mode: fullscreen), (display-mode: standalone)";

/** What the browser can be asked for besides the standard. */
interface Keys {
  readonly keyboard?: { lock?(codes: readonly string[]): Promise<void> };
}

/** A few lines at the foot of the idle screen, and of no other. */
export class StaffCorner {
  readonly element = element("details", { class: "staff", hidden: true, toggle: () => void this.#opened() });
  readonly #askCode: () => Promise<string | undefined>;
  #state: State | undefined;
  #keeping: Keeping = "unknown";
  #isAwake = true;
  #code: string | undefined;

  /** `askCode` computes the one hash of the program's files. */
  constructor(askCode: () => Promise<string | undefined>) {
    this.#askCode = askCode;
    document.addEventListener("fullscreenchange", () => this.#draw());
  }

  show(state: State): void {
    const before = this.#state;
    this.#state = state;
    if (before?.step.name !== state.step.name || before.language !== state.language) this.#draw();
  }

  tell(told: { readonly keeping?: Keeping; readonly isAwake?: boolean }): void {
    this.#keeping = told.keeping ?? this.#keeping;
    this.#isAwake = told.isAwake ?? this.#isAwake;
    this.#draw();
  }

  /** Whoever opens the lines sees how it is now. */
  async #opened(): Promise<void> {
    if (!this.element.open) return;
    this.#code = await this.#askCode();
    const isHeld = this.element.contains(document.activeElement);
    this.#draw();
    if (isHeld) this.element.querySelector("summary")?.focus();
  }

  #draw(): void {
    const name = this.#state?.step.name;
    this.element.hidden = name !== "language" && name !== "notice";
    if (this.element.hidden) this.element.open = false;
    const { t } = wordsIn(this.#state?.language ?? "da");
    const isWell = this.#keeping === "kept" && this.#isAwake;
    const mayFill = document.fullscreenEnabled && !document.fullscreenElement && !matchMedia(BY_ITSELF).matches;
    this.element.replaceChildren(
      element("summary", {}, t(isWell ? "kiosk.staff" : this.#keeping === "unknown" ? "kiosk.staffWait" : "kiosk.staffLook")),
      paragraph(t(`kiosk.${this.#keeping}`)),
      ...(this.#isAwake ? [] : [paragraph(t("kiosk.sleeps"))]),
      ...hashes(t, this.#code),
      ...(mayFill ? [button(t("kiosk.fill"), () => void fillScreen())] : []),
    );
  }
}

/** What stands in the signed report as well, in the report's own groups: the program's files, and the pictures on the ballot. */
function hashes(t: Translate, code: string | undefined): readonly HTMLElement[] {
  const standing = pictures.standing();
  return [
    paragraph(t("kiosk.compare")),
    hash(t("kiosk.program"), code, t("kiosk.noProgram")),
    hash(t("kiosk.pictures"), standing?.sha256, t("kiosk.noPictures")),
    ...(standing?.missing ? [paragraph(t("kiosk.photosMissing", { count: standing.missing }))] : []),
  ];
}

function hash(title: string, sha256: string | undefined, none: string): HTMLElement {
  if (sha256 === undefined) return paragraph(`${title} ${none}`);
  const groups = sha256.match(/.{8}/g)?.join(" ") ?? "";
  return element("p", {}, `${title} `, element("code", { dir: "ltr", translate: "no" }, groups));
}

/** Keys of the browser that even a page cannot refuse unless it fills the screen: leave, new window, new tab, close. */
const BROWSERS_OWN = ["Escape", "KeyN", "KeyT", "KeyW"];

/** Fill the screen; where the browser can, Escape must be held to leave again. */
async function fillScreen(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    await (navigator as Navigator & Keys).keyboard?.lock?.(BROWSERS_OWN);
  } catch {
    // The browser may say no: the page is the same in its window.
  }
}
