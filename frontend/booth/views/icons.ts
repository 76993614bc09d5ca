/** Small pictures beside words, in the colour of the words; silent, since the words say it. */

const SVG = "http://www.w3.org/2000/svg";

const GLOBE = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2 12h20M12 2c3 3 4 6.5 4 10s-1 7-4 10c-3-3-4-6.5-4-10s1-7 4-10";
const SPEAKER = "M4 9v6h4l5 5V4L8 9zM16 9c2 2 2 4 0 6M19 6c4 4 4 8 0 12";
const ONWARD = "M4 12h16M13 5l7 7-7 7";
const BACK = "M20 12H4M11 5l-7 7 7 7";

/** A globe, by which a voter finds the languages when she cannot read the page. */
export function globe(): SVGSVGElement {
  return drawn(GLOBE, "icon");
}

/** A loudspeaker. */
export function speaker(): SVGSVGElement {
  return drawn(SPEAKER, "icon");
}

/** An arrow to the next or the previous page; in Arabic the style sheet turns it round. */
export function arrow(way: "onward" | "back"): SVGSVGElement {
  return drawn(way === "onward" ? ONWARD : BACK, "icon arrow");
}

function drawn(path: string, className: string): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  const lines = document.createElementNS(SVG, "path");
  lines.setAttribute("d", path);
  const shown = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.75", class: className, "aria-hidden": "true" };
  for (const [name, value] of Object.entries(shown)) picture.setAttribute(name, value);
  picture.append(lines);
  return picture;
}
