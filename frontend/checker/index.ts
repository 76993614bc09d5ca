/** The checker: a third program beside Python's and frontend/protocol, written from the protocol's description alone. */

export { type Checked, type Finding, checkChallenge } from "./challenge.ts";
export { type OwnElection, readOwnElection } from "./own.ts";
export { kindOf } from "./opening.ts";
export { type Whereabouts, findBallot } from "./opened.ts";
export { type Pool, type WorkerScope, poolHere, poolOf, serve } from "./pool.ts";
export { type Reason, Refusal } from "./refusal.ts";
export { STEPS, type Found, type Progress, type Step, type Verdict, type Watcher, type Wrong, verify } from "./verify.ts";
