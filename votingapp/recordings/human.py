"""Recordings that people have made, which go before the engine's: MP3 files named by what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 300_000
"""Bytes of one recording; at 24 kbit/s in mono that is more than a minute and a half."""

_KEY: Final = re.compile(r"[\w.-]+")
_FRAME: Final = 0xE0
"""The bits that the second byte of an MP3 frame has, after a first of ones."""


class UnfitRecordingError(Exception):
    """A file is no recording that the booth can play; the argument names it and says why."""


class Voices:
    """A folder `<language>/<key>.mp3`, and `names/<key>.mp3`; nothing at all where there is no folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def recording(self, language: str, key: str) -> bytes | None:
        """The MP3 of a phrase; None where nobody has spoken it. Raises UnfitRecordingError."""
        if self._folder is None or not _KEY.fullmatch(key):
            return None
        path = self._folder / language / f"{key}.mp3"
        if not path.is_file():
            return None
        if path.stat().st_size > LARGEST:
            raise UnfitRecordingError(
                f"{path} is larger than {LARGEST} bytes; 24 kbit/s in mono are enough for a voice"
            )
        raw = path.read_bytes()
        if not _is_mp3(raw):
            raise UnfitRecordingError(f"{path} is no MP3")
        return raw


def _is_mp3(raw: bytes) -> bool:
    return raw[:3] == b"ID3" or (len(raw) > 1 and raw[0] == 0xFF and raw[1] & _FRAME == _FRAME)  # noqa: PLR2004 - a frame's first byte
