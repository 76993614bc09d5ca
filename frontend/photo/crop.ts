/** Where the chosen square lies in a picture: the same arithmetic as the town hall's own. */

const WHOLE = 1000;

/** Per mille of the short side. */
export const SMALLEST = 250;

/** Per mille: `size` of the short side, `x` across and `y` down the room that is left. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Whole pixels of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

export function boxOf({ x, y, size }: Crop, width: number, height: number): Box {
  const side = Math.max(1, share(Math.min(width, height), size));
  return { left: share(width - side, x), top: share(height - side, y), side };
}

/** The crop after its square was drawn this many pixels of the picture; it stops at the edge. */
export function moved(crop: Crop, across: number, down: number, width: number, height: number): Crop {
  const { side } = boxOf(crop, width, height);
  return { ...crop, x: along(crop.x, across, width - side), y: along(crop.y, down, height - side) };
}

function along(from: number, by: number, room: number): number {
  if (room === 0) return from;
  return Math.min(WHOLE, Math.max(0, from + (WHOLE * by) / room));
}

function share(length: number, perMille: number): number {
  return Math.floor((length * perMille + WHOLE / 2) / WHOLE);
}
