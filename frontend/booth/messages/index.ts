/** The languages of the booth, in the order they are offered. */

import type { Language } from "../state.ts";
import type { Catalogue } from "./catalogue.ts";
import { da } from "./da.ts";
import { en } from "./en.ts";

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { da, en };
export const LANGUAGES: readonly Language[] = ["da", "en"];

export type { Catalogue, Language };
