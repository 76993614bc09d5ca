/** What is on the sheet in the page goes to the printer of this very tablet: no server and no queue of others sees a vote. */

/** The names of all jobs in the printer's own list, whoever votes and in whichever language. */
export const VOTE_JOB = "Kontrolseddel";
export const RECEIPT_JOB = "Kvittering";

/** Print the sheet; false where this browser cannot. Whether paper came out no browser says: the voter does. */
export function printSheet(): boolean {
  try {
    window.print();
    return true;
  } catch {
    return false;
  }
}
