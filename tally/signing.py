"""What a member of the board (valgbestyrelse) signs when she signs the record: one version of it, by its hashes."""

from __future__ import annotations

import re

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import parse_point
from ballots.protocol.schnorr import parse_proof
from ballots.protocol.threshold.signed import verify_message

_SHA256 = re.compile("[0-9a-f]{64}")

LARGEST_SIGNATURE = 512
"""Bytes: a signature is two numbers of at most 77 digits."""


def record_message(election_uuid: str, version: int, content_sha256: str, pdf_sha256: str) -> str:
    """The text that is signed; ValueError for a version below 1, or what is no SHA-256 in hexadecimal.

    It begins with a word of its own. Members sign with the keys of the key ceremony, and whatever is signed there is an
    object of JSON (PROTOCOL.md section 13): no signature of a record can be taken for a certificate, nor the other way.
    """
    if version < 1 or not (_SHA256.fullmatch(content_sha256) and _SHA256.fullmatch(pdf_sha256)):
        raise ValueError("a version from 1 and two SHA-256 in hexadecimal are wanted")
    return f"record|{election_uuid}|{version}|{content_sha256}|{pdf_sha256}"


def is_signature(message: str, key: str, raw: bytes) -> bool:
    """Whether `raw`, a proof as JSON, is the signature of a message by the holder of a key (a point as text)."""
    if len(raw) > LARGEST_SIGNATURE:
        return False
    try:
        return verify_message(message, parse_point(key), parse_proof(canonical.read(raw)))
    except FormatError:
        return False
