/** The square that voters see of a photograph follows the sliders and the finger; without this the server draws it. */

import { boxOf, type Crop, moved, SMALLEST } from "./crop.ts";

const form = document.querySelector<HTMLFormElement>("form#crop");
const whole = document.querySelector<HTMLImageElement>("img.whole");
if (form && whole) void start(form, whole);

async function start(form: HTMLFormElement, whole: HTMLImageElement): Promise<void> {
  await whole.decode();
  const sliders = { x: slider(form, "x"), y: slider(form, "y"), size: slider(form, "size") };
  const chosen = document.createElement("div");
  chosen.className = "chosen";
  whole.parentElement!.append(chosen);
  const views = ["img.square", "img.small"].map((selector) => becomeCanvas(document.querySelector(selector)!));

  const read = (): Crop => ({
    x: sliders.x.valueAsNumber,
    y: sliders.y.valueAsNumber,
    size: Math.max(SMALLEST, sliders.size.valueAsNumber),
  });
  const draw = (): void => {
    const { naturalWidth: width, naturalHeight: height } = whole;
    const { left, top, side } = boxOf(read(), width, height);
    // Left and top of the picture itself, whichever way the page is read.
    Object.assign(chosen.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      width: `${(100 * side) / width}%`,
      height: `${(100 * side) / height}%`,
    });
    for (const view of views) {
      view.getContext("2d")!.drawImage(whole, left, top, side, side, 0, 0, view.width, view.height);
    }
  };
  form.addEventListener("input", draw);
  follow(chosen, read, (from, across, down) => {
    const scale = whole.naturalWidth / whole.clientWidth;
    const next = moved(from, across * scale, down * scale, whole.naturalWidth, whole.naturalHeight);
    sliders.x.valueAsNumber = next.x;
    sliders.y.valueAsNumber = next.y;
    draw();
  });
  draw();
}

function slider(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

/** Put a canvas of the same look and name where a picture stood. */
function becomeCanvas(picture: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth || Number(picture.getAttribute("width"));
  canvas.height = canvas.width;
  canvas.className = picture.className;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture.alt);
  picture.replaceWith(canvas);
  return canvas;
}

/** Tell how far a pointer has drawn an element, in pixels of the page, and how things stood when it began to. */
function follow<T>(element: HTMLElement, begin: () => T, tell: (from: T, across: number, down: number) => void): void {
  let start: { readonly from: T; readonly x: number; readonly y: number } | undefined;
  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    start = { from: begin(), x: event.clientX, y: event.clientY };
  });
  element.addEventListener("pointermove", (event) => {
    if (start !== undefined) tell(start.from, event.clientX - start.x, event.clientY - start.y);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(end, () => {
      start = undefined;
    });
  }
}
