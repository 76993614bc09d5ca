/** The booth played without a page: events go in one after the other, and the last state and all commands come out. */

import { reduce } from "../booth/reducer.ts";
import type { Command, Event, State } from "../booth/state.ts";

export function play(from: State, ...events: readonly Event[]): { state: State; commands: Command[] } {
  const commands: Command[] = [];
  let state = from;
  for (const event of events) {
    const [next, command] = reduce(state, event);
    state = next;
    if (command) commands.push(command);
  }
  return { state, commands };
}
