/** After the close a member checks the whole urn in her own browser, and only then opens her part of the sum. */

import {
  type Election,
  type EncryptedTally,
  type MemberKeys,
  type Point,
  decryptPartially,
  decryptionText,
  openShare,
  owners,
  parse,
  readArchive,
  readElection,
  readMemberOutput,
  readTally,
  readTrustees,
  shaHex,
} from "../protocol/index.ts";
import { G, times } from "../protocol/group.ts";
import { Refusal, demand } from "../protocol/refusal.ts";
import { type Checker, checked } from "./checked.ts";
import { HouseRefusal, download, read, send } from "./house.ts";
import { element, grouped, hide, pause, pressed, say, show } from "./page.ts";
import { askSheet } from "./restore.ts";
import { random } from "./seed.ts";

/** The member's own message of the ceremony, sealed to herself. */
interface OwnShare {
  readonly position: number;
  readonly share: string;
  readonly csrf: string;
}

/** A verified urn, ready to be opened by the holder of `key`; `mark` is the SHA-256 of its encrypted sum. */
interface Urn {
  readonly election: Election;
  readonly tally: EncryptedTally;
  readonly key: Point;
  readonly mark: string;
}

/** Verify the archive, ask for the sheet, decrypt and send. */
export async function decrypt(mount: HTMLElement): Promise<void> {
  const { archive = "", checker = "", share = "", decryption = "" } = mount.dataset;
  const own = await read<OwnShare>(share);
  show("checking");
  const urn = await checkedUrn(checker, await download(archive), own.position);
  hide("checking");
  say("sum-mark", grouped(urn.mark));
  show("checked");
  await pressed("compared");
  remember(urn);
  const secret = await ownSecret(own, urn);
  show("working");
  await pause(0);
  const line = decryptionText(decryptPartially(urn.election, urn.tally, secret, random));
  const { csrf } = await read<OwnShare>(share);
  try {
    const became = await send(decryption, csrf, line);
    show(became === "taken" ? "done" : "unused");
  } catch (error) {
    if (!(error instanceof HouseRefusal)) throw error;
    tellRefused(error.message);
  } finally {
    hide("working");
  }
}

/** The house found the part wrong: the page holds what she does next, and the reason is for whoever is called to help. */
function tellRefused(answer: string): void {
  say("refused-detail", answer);
  show("refused");
  element("refused").focus();
}

/** Have every ballot and the sum checked, counting aloud, so that nobody decrypts what is not the urn. */
async function checkedUrn(program: string, archive: Uint8Array, position: number): Promise<Urn> {
  const begin = (): Checker => new Worker(program) as Checker;
  const { ballots, lastEvent } = await checked(begin, archive, (number) => say("ballots-checked", String(number)));
  say("ballots-in-urn", String(ballots));
  const isSummed = lastEvent === "EncryptedTally" || lastEvent === "PartialDecryption";
  demand(isSummed, "WrongOrder", "the urn is not waiting to be opened");
  return readUrn(archive, position);
}

/**
 * Open one sum of an election in this browser, and no other after it.
 *
 * A town hall gone bad could show each key holder an urn of its choosing, even one with a single ballot: every such urn is
 * sound in itself. So the holders compare the mark of the sum with one another, and a browser that has seen one sum of an
 * election refuses a second. What is kept is public.
 */
function remember(urn: Urn): void {
  const place = `opened-sum-${urn.election.uuid}`;
  const before = localStorage.getItem(place);
  demand(before === null || before === urn.mark, "InvalidTally", "this browser was shown another sum before");
  localStorage.setItem(place, urn.mark);
}

/** What is opened, from the very bytes that were checked. */
function readUrn(archive: Uint8Array, position: number): Urn {
  let election: Election | undefined;
  let key: Point | undefined;
  for (const { type, records } of readArchive(archive)) {
    const [first = "", second = ""] = records;
    if (type === "Setup") [election, key] = [readElection(first), owners(readTrustees(second))[position - 1]];
    if (type === "EncryptedTally" && election !== undefined && key !== undefined) {
      return { election, tally: readTally(first), key, mark: shaHex(first) };
    }
  }
  throw new Refusal("InvalidTally", "no encrypted tally, or no such key holder");
}

/** The decryption key that the sheet opens; it must be the one the archive names in this member's place. */
async function ownSecret({ position, share }: OwnShare, { election, key }: Urn): Promise<bigint> {
  const { privateKey } = readMemberOutput(parse(share));
  const opens = (keys: MemberKeys): bigint | undefined => {
    try {
      return openShare(keys, privateKey);
    } catch {
      return undefined;
    }
  };
  let secret: bigint | undefined;
  await askSheet({ uuid: election.uuid, position }, (keys) => {
    secret = opens(keys);
    return secret !== undefined;
  });
  const fits = secret !== undefined && times(G, secret).equals(key);
  demand(fits, "InvalidDecryption", "the stored key is not the one in the archive");
  return secret as bigint;
}
