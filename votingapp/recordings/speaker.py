"""The voice, in a process of its own: phrases come in line by line, and go out as MP3.

It alone loads eSpeak NG, which stands under the GPL, and the encoder LAME (`requirements-speech.txt`). Standard input has one
JSON object a line, {"voice": code, "text": …}. Standard output begins with one line of JSON, {"engine": …, "voices":
{language: voice}}, in which the engine says itself which languages it speaks; then follows for each phrase its length in four
bytes, the highest first, and the MP3. Exit status 3 where there is no engine.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import sys
from array import array
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_ENGINE: Final = 3

KILOBITS, HERTZ = 16, 16_000
"""Of the MP3s: wideband speech, in two thirds of the room that the engine's own rate would need."""

_SYNCHRONOUS, _UTF8 = 2, 1

_QUIET: Final = 64
"""A sample of 16 bits that is less than this is silence."""

_REST: Final = 40
"""Milliseconds of silence that are left before and after a phrase."""


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Speaker:
    """The engine. It carries over a little from phrase to phrase: equal sequences give equal samples, in a fresh process each."""

    def __init__(self) -> None:
        """Raise ImportError or OSError where there is no engine for this machine."""
        import espeakng_loader  # noqa: PLC0415 - whoever looks at this module needs no engine

        self._samples = bytearray()
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        folder = str(espeakng_loader.get_data_path()).encode()
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, folder, 0)
        if self.rate <= 0:
            raise OSError("the engine does not start")
        self._heard = _Heard(self._hear)
        self._library.espeak_SetSynthCallback(self._heard)

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
        if count > 0:  # at the end it is called once more, with nothing
            self._samples += ctypes.string_at(samples, count * 2)
        return 0

    def version(self) -> str:
        """The engine's version, as it says itself."""
        self._library.espeak_Info.restype = ctypes.c_char_p
        return f"eSpeak NG {self._library.espeak_Info(None).decode()}"

    def voices(self) -> dict[str, str]:
        """The voice of each language that the engine speaks; of several that which it prefers for the language itself."""
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        listed = self._library.espeak_ListVoices(None)
        best: dict[str, tuple[int, str]] = {}
        for place in itertools.count():
            if not listed[place]:
                break
            voice = listed[place].contents
            for priority, language in _languages(voice.languages):
                best[language] = min(best.get(language, (256, "")), (priority, voice.identifier.decode()))
        return {language: voice for language, (_, voice) in best.items()}

    def say(self, voice: str, text: str) -> bytes:
        """The samples of a text: 16 bits, mono, `rate` a second. Raises OSError when the engine refuses."""
        self._samples.clear()
        raw = text.encode() + b"\0"
        failed = self._library.espeak_SetVoiceByName(voice.encode())
        failed = failed or self._library.espeak_Synth(raw, len(raw), 0, 0, 0, _UTF8, None, None)
        if failed or self._library.espeak_Synchronize():
            raise OSError(f"the engine does not say {text!r}")
        return bytes(self._samples)


def _languages(address: int) -> list[tuple[int, str]]:
    """Read what a voice speaks: each language after a byte that says how gladly, 0 ends the list."""
    found = []
    while (priority := ctypes.string_at(address, 1)[0]) != 0:
        language = ctypes.string_at(address + 1)
        found.append((priority, language.decode()))
        address += 2 + len(language)
    return found


def trim(samples: bytes, rate: int) -> bytes:
    """The samples without the long silence at both ends."""
    read = array("h", samples)
    rest = rate * _REST // 1000
    before = _quiet(read)
    after = len(read) - _quiet(reversed(read))
    return read[max(0, before - rest) : after + rest].tobytes() if before < after else b""


def _quiet(samples: Iterable[int]) -> int:
    """With how many samples of silence they begin."""
    return sum(1 for _ in itertools.takewhile(lambda sample: -_QUIET < sample < _QUIET, samples))


def encode(samples: bytes, rate: int) -> bytes:
    """The samples as MP3."""
    import lameenc  # noqa: PLC0415 - as the engine

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KILOBITS)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(HERTZ)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.silence()
    return bytes(encoder.encode(samples)) + bytes(encoder.flush())


def main() -> int:
    """Speak until the input ends."""
    try:
        speaker = Speaker()
        encode(b"", speaker.rate)
    except (ImportError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return NO_ENGINE
    out = sys.stdout.buffer
    hello = {"engine": speaker.version(), "voices": speaker.voices()}
    out.write(json.dumps(hello).encode() + b"\n")
    out.flush()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        spoken = encode(trim(speaker.say(asked["voice"], asked["text"]), speaker.rate), speaker.rate)
        out.write(len(spoken).to_bytes(4, "big") + spoken)
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
