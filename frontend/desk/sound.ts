/** Three answers sound clearly different, so that the official need not look up: rising, twice the same, falling and rough. */

export type Answer = "good" | "warning" | "bad";

interface Tone {
  /** Seconds from the beginning. */
  readonly at: number;
  readonly length: number;
  /** Hertz. */
  readonly pitch: number;
  readonly shape: OscillatorType;
}

export const PATTERNS: Readonly<Record<Answer, readonly Tone[]>> = {
  good: [
    { at: 0, length: 0.14, pitch: 659, shape: "sine" },
    { at: 0.15, length: 0.3, pitch: 988, shape: "sine" },
  ],
  warning: [
    { at: 0, length: 0.18, pitch: 440, shape: "triangle" },
    { at: 0.34, length: 0.18, pitch: 440, shape: "triangle" },
  ],
  bad: [
    { at: 0, length: 0.2, pitch: 233, shape: "sawtooth" },
    { at: 0.22, length: 0.2, pitch: 185, shape: "sawtooth" },
    { at: 0.44, length: 0.45, pitch: 123, shape: "sawtooth" },
  ],
};

const MEMORY = "desk-volume";
const USUAL = 60;
const LOUDEST = 0.5;
const EDGE = 0.012;

/** Plays answers; how loud is remembered on the device and told to nobody. */
export class Sound {
  #context: AudioContext | undefined;
  #waiting: Answer | undefined;

  constructor() {
    // Where the browser wants a touch first, the answer sounds with the touch that comes.
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => void this.#wake(), true);
  }

  /** From 0, mute, to 100. */
  get volume(): number {
    try {
      const kept = Number(localStorage.getItem(MEMORY) ?? USUAL);
      return Number.isFinite(kept) ? Math.min(100, Math.max(0, kept)) : USUAL;
    } catch {
      return USUAL;
    }
  }

  set volume(volume: number) {
    try {
      localStorage.setItem(MEMORY, String(volume));
    } catch {
      // A browser that keeps nothing is as loud as usual on the next page.
    }
  }

  /** Sound an answer. */
  async play(answer: Answer): Promise<void> {
    const context = this.#open();
    if (context === undefined || this.volume === 0) return;
    if (context.state !== "running") {
      this.#waiting = answer;
      await context.resume().catch(() => undefined);
      if (this.#waiting !== answer) return;
    }
    if (context.state !== "running") return;
    this.#waiting = undefined;
    for (const tone of PATTERNS[answer]) this.#sound(context, tone);
  }

  async #wake(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === undefined || this.#context === undefined) return;
    this.#waiting = undefined;
    await this.#context.resume().catch(() => undefined);
    if (this.#context.state === "running") await this.play(waiting);
  }

  #open(): AudioContext | undefined {
    try {
      this.#context ??= new AudioContext();
    } catch {
      return undefined;
    }
    return this.#context;
  }

  #sound(context: AudioContext, { at, length, pitch, shape }: Tone): void {
    const source = new OscillatorNode(context, { type: shape, frequency: pitch });
    const loudness = new GainNode(context, { gain: 0 });
    const begin = context.currentTime + 0.02 + at;
    const loud = (this.volume / 100) * LOUDEST;
    // Without soft edges each tone would begin and end with a click.
    loudness.gain.setValueAtTime(0, begin);
    loudness.gain.linearRampToValueAtTime(loud, begin + EDGE);
    loudness.gain.setValueAtTime(loud, begin + length - EDGE);
    loudness.gain.linearRampToValueAtTime(0, begin + length);
    source.connect(loudness).connect(context.destination);
    source.start(begin);
    source.stop(begin + length);
  }
}

/** The answer that a text names, undefined for any other word. */
export function answerNamed(name: string | undefined): Answer | undefined {
  return name === "good" || name === "warning" || name === "bad" ? name : undefined;
}
