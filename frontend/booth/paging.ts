/** A ballot paper longer than the screen is turned in pages of what fits, so that nobody has to find its end by scrolling. */

/** So few names are on one page whatever the screen, and a page has room for as many. */
export const LEAST = 6;

/** How names are laid out: in columns that are read downwards. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The layout in which every page fits into a room of some height, or the least one. Heights and room are in one unit;
 * `gap` is what stands between two rows. The pages are made as equal as they can be.
 */
export function layout(heights: readonly number[], gap: number, columns: number, room: number): Layout {
  const count = heights.length;
  if (count <= LEAST) return { columns: 1, rows: Math.max(1, count) };
  let rows = Math.ceil(count / columns);
  const least = Math.ceil(LEAST / columns);
  while (rows > least && highest(heights, gap, columns, rows) > room) rows -= 1;
  const evenly = Math.ceil(count / pageCount(count, rows * columns));
  return { columns, rows: Math.ceil(evenly / columns) };
}

export function pageCount(count: number, perPage: number): number {
  return Math.max(1, Math.ceil(count / perPage));
}

/** On which page, counted from 0, a place in the list is. */
export function pageOf(place: number, perPage: number): number {
  return Math.floor(place / perPage);
}

/** The height of the highest page: a row is as high as the highest name in it. */
function highest(heights: readonly number[], gap: number, columns: number, rows: number): number {
  let most = 0;
  for (let start = 0; start < heights.length; start += rows * columns) {
    const page = heights.slice(start, start + rows * columns);
    let height = -gap;
    for (let row = 0; row < Math.min(rows, page.length); row += 1) {
      height += gap + Math.max(...page.filter((_, i) => i % rows === row));
    }
    most = Math.max(most, height);
  }
  return most;
}
