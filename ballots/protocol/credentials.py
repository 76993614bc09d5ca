"""The right to vote is a slip of paper: 22 characters that sign one ballot (PROTOCOL.md section 6)."""

import hashlib
import re
from typing import Final

from ballots.protocol.errors import ProtocolError
from ballots.protocol.group import (
    ZERO,
    Point,
    RandomBytes,
    Scalar,
    format_point,
    multiply_generator,
    reduce_wide,
)

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH: Final = 14
CREDENTIAL_LENGTH: Final = 22

_GROUPS: Final = re.compile(f"([{BASE58}]{{5}})([{BASE58}]{{6}})([{BASE58}]{{5}})([{BASE58}]{{6}})")
_SEPARATORS: Final = re.compile(r"[\s\-\u00ad\u200b\u2010-\u2015\u2212]+")


class CredentialError(ProtocolError):
    """What was typed or scanned cannot be a private credential."""


def generate_base58(length: int, random: RandomBytes) -> str:
    """Draw characters of the Base58 alphabet, each equally likely."""
    drawn = ""
    while len(drawn) < length:
        candidates = (byte & 63 for byte in random(length - len(drawn)))
        drawn += "".join(BASE58[index] for index in candidates if index < len(BASE58))
    return drawn


def generate_uuid(random: RandomBytes) -> str:
    """Draw the identifier of a new election."""
    return generate_base58(UUID_LENGTH, random)


def generate_credential(uuid: str, random: RandomBytes) -> str:
    """Draw a private credential (about 128.9 bits) that derives a usable key in the election `uuid`."""
    while True:
        credential = normalise_credential(generate_base58(CREDENTIAL_LENGTH, random))
        if derive_secret(uuid, credential) != ZERO:
            return credential


def normalise_credential(text: str) -> str:
    """Give the written form 5-6-5-6 of what a person typed or a camera read; else CredentialError.

    Spaces, line breaks and any kind of hyphen may be missing or misplaced; letters keep their case, for
    upper and lower case differ in the alphabet.
    """
    bare = _SEPARATORS.sub("", text)
    found = _GROUPS.fullmatch(bare)
    if found is not None:
        return "-".join(found.groups())
    if len(bare) != CREDENTIAL_LENGTH:
        raise CredentialError("credential_length", f"a credential has {CREDENTIAL_LENGTH} characters")
    strangers = "".join(sorted(set(bare) - set(BASE58)))
    raise CredentialError("credential_alphabet", f"a credential never contains {strangers}")


def derive_secret(uuid: str, private: str) -> Scalar:
    """Give the signing key of a credential in one election: 512 bits of SHA-256 reduced modulo the group order."""
    credential = normalise_credential(private)
    wide = b"".join(
        hashlib.sha256(f"derive_credential|{uuid}|{index}|{credential}".encode()).digest() for index in (0, 1)
    )
    return reduce_wide(wide[::-1])


def derive_public_point(uuid: str, private: str) -> Point:
    """Give the public half of a credential in one election as a point."""
    return multiply_generator(derive_secret(uuid, private))


def derive_public(uuid: str, private: str) -> str:
    """Give the public half of a credential in one election as it stands in the public list."""
    return format_point(derive_public_point(uuid, private))
