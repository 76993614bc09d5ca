/** When nobody is at the tablet, so that a new program may take over. */

import { patience } from "../patience.ts";
import type { State } from "../state.ts";

/** Whether the tablet waits, and there is nobody whose patience it would have to mind. */
export function isAtRest(state: State): boolean {
  const { name } = state.step;
  return (name === "loading" || name === "notice" || name === "language") && patience(state) === undefined;
}
