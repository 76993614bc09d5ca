/** The candidate's form counts while she types, and its clock goes; without this the house counts when she sends. */

import { keepClocks } from "./clock.ts";
import { keepCounts } from "./counter.ts";

keepCounts(document);
keepClocks(document);
