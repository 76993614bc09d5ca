/** A code that another device reads from this screen: drawn here, black on white in any scheme, with nothing fetched for it. */

import { correction, generate } from "lean-qr/nano";

/** Empty modules around the code, without which many readers do not find it. */
const MARGIN = 4;

const SVG = "http://www.w3.org/2000/svg";

/** `path` draws the dark modules in a square of `side` units, margin included. */
export interface QrShape {
  readonly side: number;
  readonly path: string;
}

/** The code of a text, in the smallest size that holds it with at least the lowest correction: a screen is neither torn nor stained. */
export function qrShape(text: string): QrShape {
  const code = generate(text, { minCorrectionLevel: correction.L });
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path += `M${x + MARGIN} ${y + MARGIN}h1v1h-1z`;
    }
  }
  return { side: code.size + 2 * MARGIN, path };
}

/** A picture of the code; `label` says what it is to whoever cannot see it. */
export function qrCode(text: string, label: string): SVGSVGElement {
  const { side, path } = qrShape(text);
  const picture = made("svg", { class: "qr", role: "img", "aria-label": label, viewBox: `0 0 ${side} ${side}` });
  picture.append(
    made("rect", { width: String(side), height: String(side), fill: "#fff" }),
    made("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return picture;
}

function made<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Record<string, string>): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
