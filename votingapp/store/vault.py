"""How personal data is kept: CPR numbers as keyed hashes, what must be read again sealed under a key outside the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ballots.poll_card import PollCard, poll_card_for

_NONCE_BYTES = 12


class VaultError(Exception):
    """What was sealed cannot be opened: another key, another election, or altered."""


class Vault:
    """Hashes and seals personal data, each election under keys of its own derived from the house's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._derived: dict[tuple[str, str], bytes] = {}

    def __repr__(self) -> str:
        return "Vault(...)"

    def hash_cpr(self, election_id: str, number: str) -> str:
        """HMAC-SHA256 (hex) of a ten-digit CPR number; the same person has unrelated hashes in two elections."""
        return hmac.new(self._derive(election_id, "cpr-hash"), number.encode(), hashlib.sha256).hexdigest()

    def hash_email(self, election_id: str, address: str) -> str:
        """HMAC-SHA256 (hex) of an e-mail address in NFC with its domain in lower case; what stands before the @ is kept.

        RFC 5321, 2.4: the domain is the same however it is written, and only its own server knows whether the rest is.
        """
        mailbox, _at, domain = unicodedata.normalize("NFC", address).rpartition("@")
        digested = f"{mailbox}@{domain.lower()}".encode()
        return hmac.new(self._derive(election_id, "email-hash"), digested, hashlib.sha256).hexdigest()

    def poll_card(self, election_id: str, roll_number: int, person_hash: str) -> PollCard:
        """The poll card of a person of an election, who is told by the keyed hash of her CPR number (ballots/poll_card.py)."""
        return poll_card_for(self._derive(election_id, "poll-card"), roll_number, person_hash)

    def one_time_secret(self, election_id: str, form_id: str, place: int) -> bytes:
        """16 bytes for the official at a place of a form: the same to whoever sends the form again, and to nobody else.

        The form's id is drawn with the page and kept nowhere, so that neither the database nor the key leads here.
        """
        told = f"{form_id}|{place}".encode()
        return hmac.digest(self._derive(election_id, "one-time-password"), told, hashlib.sha256)[:16]

    def seal(self, election_id: str, purpose: str, plain: bytes) -> bytes:
        """Encrypt with AES-256-GCM: 12 bytes of nonce, then ciphertext and tag; bound to election and purpose."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._derive(election_id, "seal")).encrypt(nonce, plain, purpose.encode())

    def unseal(self, election_id: str, purpose: str, sealed: bytes) -> bytes:
        """Decrypt what `seal` made for the same election and purpose; VaultError otherwise."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(self._derive(election_id, "seal")).decrypt(nonce, body, purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultError("sealed data cannot be opened") from error

    def _derive(self, election_id: str, use: str) -> bytes:
        """Derive a key once and remember it: an extract of 100,000 persons asks for the same one each time."""
        known = self._derived.get((election_id, use))
        if known is None:
            info = f"votingapp|{use}|{election_id}".encode()
            known = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._key)
            self._derived[election_id, use] = known
        return known
