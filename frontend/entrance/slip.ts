/** What a slip of the first login says behind the `#` of its address. */

export interface Slip {
  readonly login: string;
  readonly code: string;
}

/** As the house writes logins, and its one-time passwords: four groups of four signs that are not misread. */
const SLIP = /^#([a-z0-9][a-z0-9._-]{1,59}):([a-km-np-z2-9]{4}(?:-[a-km-np-z2-9]{4}){3})$/;

/** Login and code in a fragment; null where it is anything else, so that no address fills in what a slip would not. */
export function slipIn(fragment: string): Slip | null {
  const found = SLIP.exec(fragment);
  return found?.[1] !== undefined && found[2] !== undefined ? { login: found[1], code: found[2] } : null;
}
