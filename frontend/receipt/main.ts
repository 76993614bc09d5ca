/** A receipt is looked for in this browser: the whole list is fetched, and what is looked for never leaves the page. */

import { Scanner } from "../booth/scanner.ts";
import { matching, type Reading, type Standing, readList, readOpened, readReceipt, standingOf, wordsOf } from "./reading.ts";

type Said = Standing | "unknown" | "elsewhere" | "unreadable" | "dark" | "lost";

/** The receipts in the urn, and the codes of ballots that were opened instead of cast. */
interface Lists {
  readonly cast: readonly string[];
  readonly opened: readonly string[];
}

/** The page holds every sentence, hidden; this shows one of them. */
class Search {
  readonly #form: HTMLFormElement;
  readonly #scanner: Scanner;
  #lists: Promise<Lists> | undefined;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#scanner = new Scanner(this.#part<HTMLVideoElement>("view"), (text) => void this.#see(text), {
      formats: ["qr_code"],
      facing: "environment",
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#look(this.#field.value);
    });
    this.#part("camera").addEventListener("click", () => void this.#turnOn(() => this.#scanner.start()));
    this.#part("turn").addEventListener("click", () => void this.#turnOn(() => this.#scanner.change()));
    this.#part("stop").addEventListener("click", () => {
      this.stop();
      this.#part("camera").focus(); // the button that was pressed is gone
    });
    form.hidden = false;
  }

  /**
   * Take what stands after the # of the address, where the QR code on the tablet has put the receipt, and leave it neither
   * there nor in the browser's history: the device may be another's, and the receipt says which ballot is hers.
   */
  takeAddress(): void {
    const code = location.hash.slice(1);
    if (code === "" || code === "main") return; // the way past the page's head is no receipt
    history.replaceState(null, "", location.pathname + location.search);
    this.#field.value = code;
    void this.#look(code);
  }

  /** Let the camera see nothing more. */
  stop(): void {
    this.#scanner.stop();
    for (const name of ["view", "turn", "stop"]) this.#part(name).hidden = true;
  }

  get #field(): HTMLInputElement {
    return this.#part<HTMLInputElement>("code");
  }

  #part<Kind extends HTMLElement>(name: string): Kind {
    const found = this.#form.querySelector<Kind>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`the form has no ${name}`);
    return found;
  }

  async #turnOn(turn: () => Promise<boolean>): Promise<void> {
    this.#say();
    this.#part("view").hidden = false;
    const isOn = await turn();
    if (!isOn) this.stop();
    this.#part("turn").hidden = !(isOn && this.#scanner.hasOtherCamera);
    this.#part("stop").hidden = !isOn;
    if (!isOn) this.#say("dark");
  }

  async #see(text: string): Promise<void> {
    const reading = readReceipt(text, location.href);
    if (reading.kind === "start") {
      this.stop();
      this.#field.value = reading.start;
    }
    await this.#tell(reading);
  }

  async #look(text: string): Promise<void> {
    await this.#tell(readReceipt(text, location.href));
  }

  async #tell(reading: Reading): Promise<void> {
    this.#say();
    if (reading.kind !== "start") {
      if (reading.kind === "unknown") this.#part("word").textContent = reading.word;
      this.#say(reading.kind);
      return;
    }
    try {
      this.#show(await this.#fetched(), reading.start);
    } catch {
      this.#lists = undefined;
      this.#say("lost");
    }
  }

  #show({ cast, opened }: Lists, start: string): void {
    const codes = matching(cast, start);
    const lines = codes.flatMap((code) => [line(code, "ltr"), line(wordsOf(code).join(" "))]);
    this.#part("receipts").replaceChildren(...lines);
    this.#say(standingOf(cast, opened, start));
  }

  #say(said?: Said): void {
    for (const part of this.#form.querySelectorAll<HTMLElement>("[data-said]")) {
      part.hidden = part.dataset["said"] !== said;
    }
  }

  /** Both lists at once, whatever is looked for: that the second was asked for would tell that the first did not have it. */
  #fetched(): Promise<Lists> {
    const { list = "", opened = "" } = this.#form.dataset;
    this.#lists ??= Promise.all([fetchText(list), fetchText(opened)]).then(([cast, barred]) => ({
      cast: readList(cast),
      opened: readOpened(barred),
    }));
    return this.#lists;
  }
}

function line(text: string, direction?: "ltr"): HTMLParagraphElement {
  const made = document.createElement("p");
  made.translate = false;
  made.lang = direction === undefined ? "da" : "";
  made.dir = "ltr";
  made.className = direction === undefined ? "words" : "code";
  made.textContent = text;
  return made;
}

async function fetchText(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: "error" });
  if (!answer.ok) throw new Error(`a list answered ${answer.status}`);
  return answer.text();
}

const form = document.querySelector<HTMLFormElement>("form[data-list]");
if (form !== null) {
  const search = new Search(form);
  search.takeAddress();
  addEventListener("hashchange", () => search.takeAddress());
  addEventListener("pagehide", () => search.stop());
}
