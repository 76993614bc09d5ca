/** The camera looks for the code on a slip; the picture never leaves the tablet and is not kept. */

import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

const LOOK_EVERY_MS = 150;

type Format = NonNullable<NonNullable<ConstructorParameters<typeof BarcodeDetector>[0]>["formats"]>[number];

/** Which codes are looked for, and which camera is tried first; a slip has a QR code and is held up to the screen. */
interface Look {
  readonly formats: readonly Format[];
  readonly facing: "user" | "environment";
}

const AT_SLIPS: Look = { formats: ["qr_code"], facing: "user" };

/** Reads codes from a video element; each new text is told once. */
export class Scanner {
  readonly #video: HTMLVideoElement;
  readonly #found: (text: string) => void;
  #stream: MediaStream | undefined;
  readonly #formats: readonly Format[];
  #facing: "user" | "environment";
  #last = "";
  #run = 0;
  hasOtherCamera = false;

  constructor(video: HTMLVideoElement, found: (text: string) => void, look: Look = AT_SLIPS) {
    this.#video = video;
    this.#found = found;
    this.#formats = look.formats;
    this.#facing = look.facing;
  }

  /**
   * Turn the camera on. False when there is none, or it may not be used. What was stopped or begun anew meanwhile is not answered
   * any more: it says nothing about the camera.
   */
  async start(): Promise<boolean> {
    this.stop();
    const run = this.#run;
    const isOn = await this.#turnOn(run);
    return run === this.#run ? isOn : new Promise(() => undefined);
  }

  async #turnOn(run: number): Promise<boolean> {
    const [detector, stream] = await Promise.all([readerOf(this.#formats), this.#open()]);
    if (stream === undefined || detector === undefined || run !== this.#run) {
      if (stream) release(stream);
      return false;
    }
    this.#stream = stream;
    this.#video.srcObject = stream;
    this.#video.classList.toggle("mirrored", this.#facing === "user");
    this.hasOtherCamera = await hasSeveralCameras();
    const plays = await this.#video.play().then(() => true, () => false);
    if (plays) void this.#look(run, detector);
    else if (run === this.#run) this.stop();
    return plays;
  }

  /** Use the camera on the other side of the tablet. */
  async change(): Promise<boolean> {
    this.#facing = this.#facing === "user" ? "environment" : "user";
    return this.start();
  }

  /** Turn the camera off and forget what it saw. */
  stop(): void {
    this.#run += 1;
    this.#last = "";
    if (this.#stream) release(this.#stream);
    this.#stream = undefined;
    this.#video.srcObject = null;
  }

  async #open(): Promise<MediaStream | undefined> {
    const video = { facingMode: { ideal: this.#facing }, width: { ideal: 1280 }, height: { ideal: 720 } };
    try {
      return await navigator.mediaDevices.getUserMedia({ video, audio: false });
    } catch {
      return undefined;
    }
  }

  async #look(run: number, detector: BarcodeDetector): Promise<void> {
    while (run === this.#run) {
      const [code] = await detector.detect(this.#video).catch(() => []);
      if (run !== this.#run) return;
      if (code !== undefined && code.rawValue !== this.#last) {
        this.#last = code.rawValue;
        this.#found(code.rawValue);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

/** The reader's WebAssembly lies beside this program: nothing is fetched from anywhere else. */
const BESIDE = { locateFile: (name: string): string => new URL(name, import.meta.url).href };

/** The reader of these codes, or undefined when it could not be loaded. */
async function readerOf(formats: readonly Format[]): Promise<BarcodeDetector | undefined> {
  try {
    await prepareZXingModule({ overrides: BESIDE, fireImmediately: true });
    return new BarcodeDetector({ formats: [...formats] });
  } catch {
    return undefined;
  }
}

async function hasSeveralCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === "videoinput").length > 1;
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
