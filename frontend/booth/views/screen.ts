/** A screen is one step of the voter's way, in one language. */

import type { Translate, Words } from "../messages/index.ts";
import type { Event, State, Step } from "../state.ts";

/** `update` follows changes within the step; `leave` lets go of what the screen holds, such as the camera. */
export interface Screen {
  readonly content: readonly HTMLElement[];
  update?(state: State): void;
  leave?(): void;
}

export type Dispatch = (event: Event) => void;

/**
 * What every screen is made from; `t` is that of the words: `t("section.key", { placeholder })`. `check` is the address of
 * the page on which another device checks this one.
 */
export interface Context {
  readonly state: State;
  readonly words: Words;
  readonly t: Translate;
  readonly dispatch: Dispatch;
  readonly check: string;
}

/** A state known to be in the step of this name. */
export function stepOf<Name extends Step["name"]>(state: State, name: Name): Extract<Step, { name: Name }> | undefined {
  return state.step.name === name ? (state.step as Extract<Step, { name: Name }>) : undefined;
}
