"""One file of recordings: an index, and the MP3s behind it; equal clips give equal bytes.

The index is as many bytes of JSON as the first four say: [[key, text, start, length], …], counted from the first byte after
it. `text` is what stands on the screen when the clip is played, so that a tablet whose program has other words is silent
rather than wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording as MP3, of a text as the screen shows it."""

    key: str
    text: str
    mp3: bytes


def write_pack(clips: Iterable[Clip]) -> bytes:
    """The clips as one file, in their order; a recording that several texts share lies there once."""
    rows, sounds, places = [], bytearray(), dict[bytes, int]()
    for clip in clips:
        start = places.setdefault(clip.mp3, len(sounds))
        if start == len(sounds):
            sounds += clip.mp3
        rows.append([clip.key, clip.text, start, len(clip.mp3)])
    index = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return len(index).to_bytes(4, "big") + index + bytes(sounds)


def read_pack(raw: bytes) -> tuple[Clip, ...]:
    """The clips of a file that `write_pack` wrote."""
    begin = 4 + int.from_bytes(raw[:4], "big")
    return tuple(
        Clip(key, text, raw[begin + start : begin + start + length])
        for key, text, start, length in json.loads(raw[4:begin])
    )
