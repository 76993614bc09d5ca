"""Each message of the ceremony is checked as it comes, so that a bad one is refused to the member who sent it.

Source: PROTOCOL.md section 13. The set-up as a whole is checked again, by everybody, when it is put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import format_point
from ballots.protocol.schnorr import parse_proof
from ballots.protocol.threshold.certificate import check_certificates, make_certificate
from ballots.protocol.threshold.commitments import member_key, open_commitments
from ballots.protocol.threshold.dealing import read_dealings
from ballots.protocol.threshold.identity import CeremonyRejected, generate_seed
from ballots.protocol.threshold.signed import parse_signed, verify_message
from ballots.protocol.trustee_key import parse_trustee_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ballots.protocol.group import RandomBytes
    from ballots.protocol.threshold.certificate import Context

LARGEST_SEALED = 4096
"""Characters of one sealed message between members; the protocol's own have at most 2,000 for a council's board."""


def check_certificate(
    context: Context, received: Sequence[bytes | None], index: int, raw: bytes, random: RandomBytes
) -> None:
    """Check member `index`'s certificate against the agreement and those already received; else CeremonyRejected.

    Throw-away certificates stand in for the members who have not sent theirs, as only a whole set can be checked.
    """
    whole = [
        raw if place == index else kept or make_certificate(generate_seed(random), context, place, random)
        for place, kept in enumerate(received, start=1)
    ]
    opened = check_certificates(whole)
    if opened[0].context != context:
        raise CeremonyRejected("certificate_context", f"certificate {index} is for another agreement")


def check_dealing(certificates: Sequence[bytes], index: int, raw: bytes) -> None:
    """Check what member `index` dealt, as far as anybody but its recipients can; else a ProtocolError."""
    opened = check_certificates(certificates)
    polynomial, sealed, commitments, agreed = canonical.members(
        canonical.read(raw), "polynomial", "secrets", "coefexps", "signature"
    )
    _require_small(polynomial, *canonical.array(sealed, len(opened)))
    open_commitments(opened, opened[index - 1], parse_signed(commitments), parse_proof(agreed))


def check_share(certificates: Sequence[bytes], dealings: Sequence[bytes], index: int, raw: bytes) -> None:
    """Check member `index`'s public key against everything that was dealt; else a ProtocolError."""
    opened = check_certificates(certificates)
    dealt = read_dealings(opened, dealings)
    committed = tuple(
        open_commitments(opened, dealer, dealing.commitments, dealing.agreed)
        for dealer, dealing in zip(opened, dealt, strict=True)
    )
    private_key, public_key = canonical.members(canonical.read(raw), "private_key", "public_key")
    _require_small(private_key)
    key = parse_trustee_key(public_key)
    if key.public_key != member_key(committed, index):
        raise CeremonyRejected("member_key", f"the key of trustee {index} does not fit what was dealt")
    message, verification = format_point(key.public_key), opened[index - 1].verification
    if key.signature is None or not verify_message(message, verification, key.signature):
        raise CeremonyRejected("member_signature", f"trustee {index} did not sign her key")


def _require_small(*sealed: object) -> None:
    if any(len(canonical.text(message)) > LARGEST_SEALED for message in sealed):
        raise FormatError("size", "a sealed message is larger than any can be")
