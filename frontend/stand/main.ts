/** The candidate's form counts while she types, its clock goes, and it warns before she is signed out; the house needs none of it. */

import { keepClocks } from "./clock.ts";
import { keepCounts } from "./counter.ts";
import { warnBeforeSignOut } from "./idle.ts";

keepCounts(document);
keepClocks(document);
warnBeforeSignOut(document);
