"""SHA-256 binds every promise of the election to exact bytes (PROTOCOL.md section 1)."""

import base64
import hashlib

from ballots.protocol.group import Scalar, reduce_wide

_DIGEST_BYTES = 32


def digest_hex(raw: bytes) -> str:
    """Give the SHA-256 as 64 lower-case hexadecimal digits: names of archive members, links of events."""
    return hashlib.sha256(raw).hexdigest()


def digest_base64(raw: bytes) -> str:
    """Give the SHA-256 as 43 characters of Base64 without padding: fingerprints, trackers, receipts."""
    return base64.b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def hash_to_scalar(message: str) -> Scalar:
    """Give H(message): the SHA-256 read as a big-endian number, reduced modulo the group order."""
    little_endian = hashlib.sha256(message.encode()).digest()[::-1]
    return reduce_wide(little_endian + bytes(_DIGEST_BYTES))
