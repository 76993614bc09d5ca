"""Steps 1 and 2: each trustee announces her keys, and everybody checks the announcements (PROTOCOL.md section 13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import GROUP_NAME, Point, RandomBytes, format_point, parse_point
from ballots.protocol.hashing import digest_hex
from ballots.protocol.threshold.identity import CeremonyRejected, derive_identity
from ballots.protocol.threshold.signed import SignedMessage, parse_signed, sign


@dataclass(frozen=True, slots=True)
class Context:
    """The agreement that `threshold` of `size` trustees shall be needed."""

    size: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A trustee's place (from 1), the agreement she enters, and her two public keys, signed by herself."""

    index: int
    context: Context
    verification: Point
    encryption: Point
    signed: SignedMessage

    @property
    def label(self) -> str:
        """Give the SHA-256 in hexadecimal by which her files are named."""
        return digest_hex(self.signed.message.encode())


def make_certificate(seed: str, context: Context, index: int, random: RandomBytes) -> bytes:
    """Step 1: announce the keys that follow from a seed, as trustee number `index` (from 1)."""
    identity = derive_identity(seed)
    message = {
        "context": {
            "group": GROUP_NAME,
            "size": context.size,
            "threshold": context.threshold,
            "index": index,
        },
        "verification": format_point(identity.verification),
        "encryption": format_point(identity.encryption),
    }
    signed = sign(canonical.write(message).decode(), identity.signing, random)
    return canonical.write(signed.to_json())


def check_certificates(certificates: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Step 2: check all certificates, in the order of the trustees; CeremonyRejected names the first bad one."""
    try:
        return open_certificates([canonical.read(raw) for raw in certificates])
    except FormatError as error:
        raise CeremonyRejected(error.reason, f"certificates: {error.message}") from error


def open_certificates(values: Sequence[object]) -> tuple[Certificate, ...]:
    """Check certificates that are already read from JSON."""
    opened = tuple(_open(value) for value in values)
    if not opened:
        raise CeremonyRejected("no_certificates", "there is nobody to share a key")
    for position, certificate in enumerate(opened, start=1):
        if certificate.index != position or certificate.context.size != len(opened):
            raise CeremonyRejected("certificate_index", f"certificate {position} is for another place")
        if certificate.context != opened[0].context:
            raise CeremonyRejected("certificate_context", f"certificate {position} is for another agreement")
    keys = {key for certificate in opened for key in (certificate.verification, certificate.encryption)}
    if len(keys) != 2 * len(opened):
        raise CeremonyRejected("certificate_keys", "the same key stands in more than one place")
    return opened


def _open(value: object) -> Certificate:
    signed = parse_signed(value)
    context, verification, encryption = canonical.members(
        canonical.read(signed.message.encode()), "context", "verification", "encryption"
    )
    group, size, threshold, index = canonical.members(context, "group", "size", "threshold", "index")
    certificate = Certificate(
        index=canonical.count(index),
        context=Context(canonical.count(size), canonical.count(threshold)),
        verification=parse_point(verification),
        encryption=parse_point(encryption),
        signed=signed,
    )
    if group != GROUP_NAME:
        raise FormatError("unsupported", f"only {GROUP_NAME} is supported")
    if not 1 <= certificate.context.threshold < certificate.context.size:
        raise CeremonyRejected("threshold", "fewer trustees must be needed than there are, and at least one")
    if not signed.is_signed_by(certificate.verification):
        raise CeremonyRejected("certificate_signature", "a certificate is not signed by its own key")
    return certificate
