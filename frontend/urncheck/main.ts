/**
 * A worker that checks an archive for a page which holds a secret: it sees no page, and shares no import with one.
 *
 * It begins workers of its own from the same file, one for each processor; those reckon.
 */

import { attend } from "../checker/attend.ts";
import { serve } from "../checker/index.ts";
import { beginPool } from "../checker/page/begin.ts";

const RECKONS = "#reckons";

const scope = self as unknown as Parameters<typeof attend>[0] & Parameters<typeof serve>[0];
if (location.hash === RECKONS) serve(scope);
else attend(scope, () => beginPool(location.pathname + location.search + RECKONS));
