/** How things stand in the house, as a desk's page is told every two seconds. */

export interface Message {
  readonly id: string;
  readonly text: string;
  readonly sender: string;
}

export interface Standing {
  readonly poll: string;
  readonly doorsShut: boolean;
  readonly message: Message | undefined;
  /** Cases in doubt of this desk that were decided last, newest first. */
  readonly answered: readonly string[];
}

/** What came of asking: the answer, or why there is none. */
export type Heard =
  | { readonly kind: "standing"; readonly standing: Standing }
  | { readonly kind: "cut" }
  | { readonly kind: "revoked" }
  | { readonly kind: "signed-out" };

const TIMEOUT_MS = 2000;

/** Ask the house, and wait no longer than two seconds. */
export async function ask(address: string): Promise<Heard> {
  try {
    const response = await fetch(`${address}?clock=${Date.now()}`, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.type === "opaqueredirect") return { kind: "signed-out" };
    if (response.status === 403) return { kind: "revoked" };
    if (!response.ok) return { kind: "cut" };
    const standing = read(await response.json());
    return standing === undefined ? { kind: "cut" } : { kind: "standing", standing };
  } catch {
    return { kind: "cut" };
  }
}

/** Read an answer; undefined for one that is not the house's, such as the sign-in page of a strange network. */
export function read(json: unknown): Standing | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { poll, doors_shut, message, answered } = json as Record<string, unknown>;
  if (typeof poll !== "string" || typeof doors_shut !== "boolean" || !Array.isArray(answered)) return undefined;
  return {
    poll,
    doorsShut: doors_shut,
    message: readMessage(message),
    answered: answered.filter((one): one is string => typeof one === "string"),
  };
}

function readMessage(json: unknown): Message | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { id, text, sender } = json as Record<string, unknown>;
  if (typeof id !== "string" || typeof text !== "string" || typeof sender !== "string") return undefined;
  return { id, text, sender };
}
