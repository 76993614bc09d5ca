/** A member signs the record with the key that grows from her sheet: one version, by the hashes of the files she was shown. */

import { parse, proofJson, readCertificate, readSigned, serialize, shaHex } from "../protocol/index.ts";
import { signature } from "../protocol/threshold/signed.ts";
import { download, read, send } from "./house.ts";
import { grouped, hide, pause, pressed, say, show } from "./page.ts";
import { askSheet } from "./restore.ts";
import { random } from "./seed.ts";
import { markOf } from "./sheet.ts";

/** What the house tells of the member: her place in the key ceremony and what she announced there. */
interface Own {
  readonly position: number;
  readonly certificate: string;
  readonly csrf: string;
}

/** What names one version of a record: its election, its number, and the SHA-256 of its two files. */
export interface Version {
  readonly uuid: string;
  readonly version: string;
  readonly content: string;
  readonly pdf: string;
}

/** The text that is signed (tally/signing.py): it begins as nothing that is signed in the key ceremony does. */
export function recordMessage({ uuid, version, content, pdf }: Version): string {
  return `record|${uuid}|${version}|${content}|${pdf}`;
}

/** Fetch both files, hash them here, have the hashes compared, ask for the sheet, sign and send. */
export async function signRecord(mount: HTMLElement): Promise<void> {
  const { uuid = "", version = "", own: address = "", signature: door = "" } = mount.dataset;
  const own = await read<Own>(address);
  show("checking");
  const content = shaHex(await download(mount.dataset["content"] ?? ""));
  const pdf = shaHex(await download(mount.dataset["pdf"] ?? ""));
  hide("checking");
  say("content-mark", grouped(content));
  say("pdf-mark", grouped(pdf));
  show("checked");
  await pressed("compared");
  const certificate = readCertificate(readSigned(parse(own.certificate)));
  const keys = await askSheet({ uuid, position: own.position, mark: markOf(certificate) }, (found) =>
    found.verification.equals(certificate.verification),
  );
  show("working");
  await pause(0);
  const signed = signature(recordMessage({ uuid, version, content, pdf }), keys.signing, random);
  await send(door, own.csrf, serialize(proofJson(signed)));
  hide("working");
  show("done");
}
