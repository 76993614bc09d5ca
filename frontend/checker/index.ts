/** The checker: a third program beside Python's and frontend/protocol, written from the protocol's description alone. */

export { readArchive } from "./archive.ts";
export { type Pool, poolHere, poolOf, serve } from "./pool.ts";
export { type Reason, Refusal } from "./refusal.ts";
export { STEPS, type Found, type Progress, type Step, type Verdict, type Watcher, verify } from "./verify.ts";
export { type Checked, type Finding, checkChallenge } from "./challenge.ts";
