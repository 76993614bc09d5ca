/**
 * The page has the browser keep the booth on the tablet, and takes a new program into use when nobody is voting. Where the
 * browser keeps nothing, in clear or with a certificate that was not trusted, the booth works without.
 */

/** Whether the booth stays when the network blinks; `unknown` while it is made sure. */
export type Keeping = "unknown" | "kept" | "not_kept";

/**
 * How often it is looked whether the house has a new program, in milliseconds: by the clock from the moment the page was
 * opened, whoever is voting or not.
 */
export const LOOK_MS = 60_000;

/** How long a page that is about to be left takes no press, in milliseconds. */
const LEAVING_MS = 3_000;

/** How long the files that are kept may take to be read, in milliseconds. */
const ANSWER_MS = 15_000;

/** What a keeper works with. */
export interface Ground {
  readonly container: ServiceWorkerContainer | undefined;
  readonly every: (milliseconds: number, act: () => void) => () => void;
  /** Take no press for a while, since the page is about to be opened anew. */
  readonly freeze: (milliseconds: number) => void;
  readonly reload: () => void;
  readonly tell: (keeping: Keeping) => void;
}

export class Keeper {
  readonly #address: string;
  readonly #ground: Ground;
  #registration: ServiceWorkerRegistration | undefined;
  #isAtRest = false;
  #isOutdated = false;
  #asked: ServiceWorker | undefined;

  /** `base` is the address of the booth's page, which ends in a slash. */
  constructor(base: string, ground: Ground) {
    this.#address = `${base}shell.js`;
    this.#ground = ground;
  }

  start(): void {
    const { container, every, tell } = this.#ground;
    if (container === undefined) return tell("not_kept");
    // The first program takes over a page of its own make; a later one finds a page of the one before.
    let wasControlled = container.controller !== null;
    container.addEventListener("controllerchange", () => {
      this.#isOutdated ||= wasControlled;
      wasControlled = true;
      this.#follow();
    });
    void this.#look(container);
    every(LOOK_MS, () => void this.#look(container));
  }

  /** Whether nobody is at the tablet now. */
  rest(isAtRest: boolean): void {
    this.#isAtRest = isAtRest;
    this.#follow();
  }

  /** The one hash of the files that the browser keeps, computed from these; undefined where none are kept, or no answer comes. */
  async code(): Promise<string | undefined> {
    const active = this.#registration?.active;
    if (!active) return undefined;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<unknown>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      setTimeout(() => resolve(undefined), ANSWER_MS);
    });
    active.postMessage("which program", [port2]);
    const code = await answer;
    port1.close();
    return typeof code === "string" ? code : undefined;
  }

  async #look(container: ServiceWorkerContainer): Promise<void> {
    try {
      const registration = await container.register(this.#address, { updateViaCache: "none" });
      if (this.#registration === registration) await registration.update();
      this.#adopt(registration);
      await forgetOthers(container, registration);
    } catch {
      // Without the house there is no look; what was kept before is kept.
      this.#adopt(await container.getRegistration(this.#address).catch(() => undefined));
    }
    this.#tell();
    this.#follow();
  }

  #adopt(registration: ServiceWorkerRegistration | undefined): void {
    if (registration === undefined || this.#registration === registration) return;
    this.#registration = registration;
    this.#watch(registration);
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const watch = (worker: ServiceWorker | null): void => {
      worker?.addEventListener("statechange", () => {
        this.#tell();
        this.#follow();
      });
    };
    for (const worker of [registration.installing, registration.waiting]) watch(worker);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  }

  #tell(): void {
    const { active, installing, waiting } = this.#registration ?? {};
    if (active) this.#ground.tell("kept");
    else this.#ground.tell(installing || waiting ? "unknown" : "not_kept");
  }

  /** Go over to the new program, or to the page of the program that has taken over, as soon as nobody is voting. */
  #follow(): void {
    if (!this.#isAtRest) return;
    if (this.#isOutdated) {
      this.#isOutdated = false;
      this.#ground.reload();
      return;
    }
    const waiting = this.#registration?.waiting ?? undefined;
    if (waiting === undefined || waiting === this.#asked || !this.#registration?.active) return;
    this.#asked = waiting;
    this.#ground.freeze(LEAVING_MS);
    waiting.postMessage("take over");
  }
}

/** A tablet is the booth of one election: what another election's booth kept on it is let go. */
async function forgetOthers(container: ServiceWorkerContainer, own: ServiceWorkerRegistration): Promise<void> {
  for (const one of await container.getRegistrations()) if (one.scope !== own.scope) await one.unregister();
}
