"""How a backup is sealed: whoever finds the stick reads nothing, and only what the house itself wrote is believed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from votingapp.store.backup.emergency_code import SEED_BYTES

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
"""HPKE (RFC 9180), base mode. It says nothing of who sealed, so what is sealed begins with the house's own tag."""

_SECRET_BYTES = 32
_TAG_BYTES = 32
_NAME_SIGNS = 8


class NotOurs(Exception):  # noqa: N818 - what a stick can be, told in one line
    """The bytes cannot be opened with this key, or the house did not write them."""


@dataclass(frozen=True, slots=True)
class HouseKey:
    """What the house keeps of an emergency key: it can seal for the sheet's holder and open nothing."""

    public: bytes
    tagging: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """A short name of the key, which the files on a stick carry, so that two houses' sticks are not mistaken."""
        return hashlib.sha256(b"votingapp backup" + self.public).hexdigest()[:_NAME_SIGNS]

    def seal(self, content: bytes, purpose: bytes) -> bytes:
        """Seal for the holder of the sheet; `purpose` must be said again to open it."""
        tag = hmac.digest(self.tagging, purpose + b"\x00" + content, "sha256")
        return _SUITE.encrypt(tag + content, X25519PublicKey.from_public_bytes(self.public), info=purpose)

    def to_bytes(self) -> bytes:
        """The 64 bytes that lie in the house."""
        return self.public + self.tagging

    @classmethod
    def from_bytes(cls, raw: bytes) -> HouseKey:
        """Read what `to_bytes` wrote; ValueError for anything else."""
        if len(raw) != 2 * _SECRET_BYTES:
            raise ValueError("no house key")
        return cls(raw[:_SECRET_BYTES], raw[_SECRET_BYTES:])


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What the code on the emergency sheet stands for: it opens what the house has sealed."""

    private: bytes = field(repr=False)
    house: HouseKey

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """Open what `seal` made; NotOurs when it is another key's, was changed, or is no work of the house."""
        try:
            tagged = _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(self.private), info=purpose)
        except (InvalidTag, ValueError) as error:
            raise NotOurs from error
        tag, content = tagged[:_TAG_BYTES], tagged[_TAG_BYTES:]
        if not hmac.compare_digest(tag, hmac.digest(self.house.tagging, purpose + b"\x00" + content, "sha256")):
            raise NotOurs
        return content


def new_seed() -> bytes:
    """The chance from which an emergency key comes."""
    return secrets.token_bytes(SEED_BYTES)


def key_of(seed: bytes) -> SheetKey:
    """The key that a seed stands for; the same seed gives the same key."""
    both = HKDF(SHA256(), 2 * _SECRET_BYTES, salt=None, info=b"votingapp emergency sheet 1").derive(seed)
    private, tagging = both[:_SECRET_BYTES], both[_SECRET_BYTES:]
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return SheetKey(private, HouseKey(public, tagging))
