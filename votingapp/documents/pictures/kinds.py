"""What kind of picture a file is, told by its content: a name and a stated type are only what somebody claims."""

from __future__ import annotations

from enum import StrEnum

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""ISO/IEC 23008-12: a still, a series or a file that names its coding elsewhere. AVIF is another coding: no phone sends it."""

_WEBP_HEADER = 30


class Kind(StrEnum):
    """The four kinds that phones and their programs make."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"


def recognise(raw: bytes) -> Kind | None:
    """The kind of a file by its first bytes, or None when it is none of the four."""
    if raw.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" and len(raw) >= _WEBP_HEADER:
        return Kind.WEBP
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIF_BRANDS:
        return Kind.HEIF
    return None


def webp_size(raw: bytes) -> tuple[int, int]:
    """Width and height that the header of a WebP file declares (RFC 9649, section 2); ValueError where it declares none.

    The decoder takes memory for the whole canvas as soon as it is made, so its size must be known before.
    """
    match raw[12:16]:
        case b"VP8X":
            return _little(raw[24:27]) + 1, _little(raw[27:30]) + 1
        case b"VP8L":
            bits = _little(raw[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _little(raw[26:28]) & 0x3FFF, _little(raw[28:30]) & 0x3FFF
        case _:
            raise ValueError("a WebP file begins with VP8X, VP8L or VP8")


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")
