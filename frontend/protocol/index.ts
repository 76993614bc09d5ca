/** The Belenios protocol as this project uses it, for the pages that run in people's own browsers. */

export { type EventType, RECORDS } from "./archive/event.ts";
export { type Entry, readArchive, readTimestamp } from "./archive/reader.ts";
export { type Setup, checkSetup, setupText } from "./archive/setup.ts";
export { ArchiveWriter } from "./archive/writer.ts";
export { type Answer, type Ballot, ballotText, readBallot, tracker } from "./ballot.ts";
export { checkBallot } from "./check.ts";
export { type Decryptions, combine } from "./combination.ts";
export { type Credential, deriveCredential, drawCredential, groupCredential, isCredential } from "./credential.ts";
export { credentialsText, readCredentials } from "./credentials-list.ts";
export {
  type OwnedRecord,
  type PartialDecryption,
  checkDecryption,
  decryptPartially,
  decryptionText,
  ownedText,
  readDecryption,
  readOwned,
} from "./decryption.ts";
export { type Election, type ElectionTerms, type Question, electionText, positions, readElection } from "./election.ts";
export { type Point, pointText, readKey, readPoint, readScalar, warmUp } from "./group.ts";
export { shaBase64, shaHex } from "./hash.ts";
export { type Json, type JsonObject, parse, serialize } from "./json.ts";
export { BASE58, type RandomBytes, drawScalar } from "./randomness.ts";
export { Refusal, type RefusalCode } from "./refusal.ts";
export { type Counts, findCounts, readResult, resultText } from "./result.ts";
export { type Proof, proofJson, prove, readProof, verifies } from "./schnorr.ts";
export { type CommittedBallot, type SealedBallot, commitBallot, sealBallot } from "./seal.ts";
export { SEED_BYTES, streamOf } from "./stream.ts";
export { type EncryptedTally, addBallot, emptyTally, readSized, readTally, sizedText, tallyText } from "./tally.ts";
export { type Agreement, agreementMark } from "./threshold/agreement.ts";
export {
  type Certificate,
  type Context,
  certificateLabel,
  makeCertificate,
  readCertificate,
  readCertificates,
} from "./threshold/certificate.ts";
export {
  type Dealing,
  type MemberInput,
  deal,
  dealingJson,
  distribute,
  memberInputJson,
  readDealing,
  readMemberInput,
} from "./threshold/dealing.ts";
export { type MemberKeys, deriveMemberKeys, drawSeed } from "./threshold/keys.ts";
export { type Parameters, assemble, checkParameters, parametersJson, readParameters } from "./threshold/parameters.ts";
export {
  type MemberOutput,
  makeShare,
  memberOutputJson,
  openShare,
  ownIndex,
  readMemberOutput,
} from "./threshold/share.ts";
export { type SignedMessage, readSigned, signedJson } from "./threshold/signed.ts";
export { trialNumber, trialPart } from "./threshold/trial.ts";
export { type TrusteeKey, keyLabel, readTrusteeKey, trusteeKey, trusteeKeyJson } from "./trustee-key.ts";
export { type Trustee, electionKey, owners, readTrustees, trusteesText } from "./trustees.ts";
export { type Verdict, verification, verifyArchive } from "./verify.ts";
export { type Plaintext, voteBlank, voteFor } from "./vote.ts";
