"""Step 6: the public outcome of the ceremony, which everybody can check from the beginning (PROTOCOL.md section 13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import IDENTITY, Point, add, format_point
from ballots.protocol.schnorr import Proof, parse_proof
from ballots.protocol.threshold.certificate import Certificate, check_certificates, open_certificates
from ballots.protocol.threshold.commitments import Commitments, member_key, open_commitments
from ballots.protocol.threshold.dealing import read_dealings
from ballots.protocol.threshold.identity import CeremonyRejected
from ballots.protocol.threshold.signed import SignedMessage, parse_signed, verify_message
from ballots.protocol.trustee_key import TrusteeKey, TrusteesRejected, parse_trustee_key


@dataclass(frozen=True, slots=True)
class PedersenTrustees:
    """Trustees of whom any `threshold` can decrypt, with everything that proves their keys.

    `keys` are in the order of the trustees, who are numbered from 1; `public_key` is what they add to the
    election's public key.
    """

    threshold: int
    certificates: tuple[SignedMessage, ...]
    commitments: tuple[SignedMessage, ...]
    agreements: tuple[Proof, ...]
    keys: tuple[TrusteeKey, ...]
    public_key: Point

    def to_json(self) -> dict[str, object]:
        """Give the members in the order of the records."""
        return {
            "threshold": self.threshold,
            "certs": [certificate.to_json() for certificate in self.certificates],
            "coefexps": [commitment.to_json() for commitment in self.commitments],
            "signatures": [agreed.to_json() for agreed in self.agreements],
            "verification_keys": [key.to_json() for key in self.keys],
        }


def assemble_parameters(
    certificates: Sequence[bytes], dealings: Sequence[bytes], shares: Sequence[bytes]
) -> PedersenTrustees:
    """Step 6: put the outcome together and check all of it; CeremonyRejected says what does not fit."""
    opened = check_certificates(certificates)
    dealt = read_dealings(opened, dealings)
    try:
        public_keys = [canonical.members(canonical.read(share), "private_key", "public_key")[1] for share in shares]
        return parse_parameters(
            {
                "threshold": opened[0].context.threshold,
                "certs": [certificate.signed.to_json() for certificate in opened],
                "coefexps": [dealing.commitments.to_json() for dealing in dealt],
                "signatures": [dealing.agreed.to_json() for dealing in dealt],
                "verification_keys": public_keys,
            }
        )
    except (FormatError, TrusteesRejected) as error:
        raise CeremonyRejected(error.reason, f"shares: {error.message}") from error


def parse_parameters(value: object) -> PedersenTrustees:
    """Read and check the outcome of a ceremony: every signature, and every key against all commitments.

    FormatError, CeremonyRejected or TrusteesRejected say what does not hold.
    """
    threshold, certs, coefexps, signatures, verification_keys = canonical.members(
        value, "threshold", "certs", "coefexps", "signatures", "verification_keys"
    )
    certificates = open_certificates(canonical.array(certs))
    size = len(certificates)
    if canonical.count(threshold) != certificates[0].context.threshold:
        raise CeremonyRejected("threshold", "the threshold is not the one in the certificates")
    signed = tuple(parse_signed(entry) for entry in canonical.array(coefexps, size))
    agreements = tuple(parse_proof(entry) for entry in canonical.array(signatures, size))
    commitments = tuple(
        open_commitments(certificates, *dealt) for dealt in zip(certificates, signed, agreements, strict=True)
    )
    keys = tuple(parse_trustee_key(entry) for entry in canonical.array(verification_keys, size))
    for certificate, key in zip(certificates, keys, strict=True):
        _check_key(certificate, key, commitments)
    return PedersenTrustees(
        threshold=certificates[0].context.threshold,
        certificates=tuple(certificate.signed for certificate in certificates),
        commitments=signed,
        agreements=agreements,
        keys=keys,
        public_key=_sum_of_secrets(commitments),
    )


def _check_key(certificate: Certificate, key: TrusteeKey, commitments: Sequence[Commitments]) -> None:
    if key.public_key != member_key(commitments, certificate.index):
        raise CeremonyRejected("member_key", f"the key of trustee {certificate.index} does not fit what was dealt")
    text = format_point(key.public_key)
    if key.signature is None or not verify_message(text, certificate.verification, key.signature):
        raise CeremonyRejected("member_signature", f"trustee {certificate.index} did not sign her key")


def _sum_of_secrets(commitments: Sequence[Commitments]) -> Point:
    public_key = IDENTITY
    for committed in commitments:
        public_key = add(public_key, committed[0])
    return public_key
