/** The evening's pages: the board's renews itself, and a desk tells how many wait without leaving its page. */

import { sendPresses } from "./press.ts";
import { keepRenewing } from "./renew.ts";

keepRenewing(document);
sendPresses(document);
