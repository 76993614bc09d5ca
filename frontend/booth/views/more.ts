/** A foot that stays in sight says, while something is hidden behind it, that there is more below. */

/**
 * While it is held back the foot has the class `more`. Its last pixel is below the screen then, for it is held one lower
 * than the edge (style/challenge.css). Stop the watch that is answered.
 */
export function showsMore(foot: HTMLElement): IntersectionObserver {
  const watch = new IntersectionObserver((seen) => foot.classList.toggle("more", (seen.at(-1)?.intersectionRatio ?? 1) < 1), { threshold: 1 });
  watch.observe(foot);
  return watch;
}
