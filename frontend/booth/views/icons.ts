/** Small pictures beside words, in the colour of the words; silent, since the words say it. */

const SVG = "http://www.w3.org/2000/svg";

const GLOBE = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2 12h20M12 2c3 3 4 6.5 4 10s-1 7-4 10c-3-3-4-6.5-4-10s1-7 4-10";

/** A globe, by which a voter finds the languages when she cannot read the page. */
export function globe(): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  const lines = document.createElementNS(SVG, "path");
  lines.setAttribute("d", GLOBE);
  const shown = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.75", class: "icon", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(shown)) picture.setAttribute(name, value);
  picture.append(lines);
  return picture;
}
