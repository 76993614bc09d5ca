"""All packs of an election are spoken, side by side on as many cores as there are."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from votingapp.recordings.engine import Engine, NoEngineError
from votingapp.recordings.pack import Clip, write_pack
from votingapp.recordings.phrases import AUTHENTIC, NAMES
from votingapp.store.recordings import Pack, Recordings, Silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from votingapp.recordings.human import Voices
    from votingapp.recordings.phrases import Phrase

CEILING: Final = 32_000_000
"""Bytes of all packs together: what a tablet fetches once, and keeps in its memory."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and the packs themselves, in the same order."""

    recordings: Recordings
    packs: tuple[bytes, ...]


class TooLargeError(Exception):
    """The packs are larger than the ceiling; the argument is their size in bytes."""


def make(phrases: Mapping[str, Sequence[Phrase]], voices: Voices, engine: Callable[[], Engine] = Engine) -> Made:
    """Speak everything: `phrases` are by language, and of NAMES. Equal arguments give equal bytes, on the same kind of machine.

    A language that the engine does not speak is silent, unless people have spoken all of it. Raises TooLargeError,
    UnfitRecordingError, and EngineError where an engine fails in the middle; with none at all, people alone are heard.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        spoken = list(pool.map(lambda one: _speak(one, phrases[one], voices, engine), phrases))
    names = tuple(said.name for said in spoken if said.name)
    heard = [(language, said.clips) for language, said in zip(phrases, spoken, strict=True) if not said.missing]
    packs = tuple(write_pack(clips) for _, clips in heard)
    if sum(map(len, packs)) > CEILING:
        raise TooLargeError(sum(map(len, packs)))
    recordings = Recordings(
        names[0] if names else "",
        tuple(
            Pack(language, hashlib.sha256(pack).hexdigest(), len(pack), len(clips))
            for (language, clips), pack in zip(heard, packs, strict=True)
        ),
        tuple(
            Silent(language, said.missing, len(phrases[language]))
            for language, said in zip(phrases, spoken, strict=True)
            if said.missing
        ),
    )
    return Made(recordings, packs)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The clips of a pack, the name of the engine where it spoke any of them, and how many phrases nobody spoke."""

    clips: tuple[Clip, ...]
    name: str
    missing: int


def _speak(pack: str, phrases: Sequence[Phrase], voices: Voices, engine: Callable[[], Engine]) -> _Spoken:
    by_people = {one.key: voices.recording(pack, one.key) for one in phrases}
    left = [one for one in phrases if by_people[one.key] is None]
    by_engine: dict[str, bytes] = {}
    name = ""
    if left:
        name, by_engine = _by_engine(AUTHENTIC if pack == NAMES else pack, left, engine)
    clips = [Clip(one.key, one.text, by_people[one.key] or by_engine.get(one.key, b"")) for one in phrases]
    heard = tuple(clip for clip in clips if clip.mp3)
    return _Spoken(heard, name if by_engine else "", len(clips) - len(heard))


def _by_engine(language: str, phrases: Sequence[Phrase], engine: Callable[[], Engine]) -> tuple[str, dict[str, bytes]]:
    """The engine's name and what it spoke: everything, or nothing where it does not speak the language or is not there."""
    try:
        with engine() as speaking:
            voice = speaking.voice_of(language)
            if voice is None:
                return speaking.name, {}
            return speaking.name, {one.key: speaking.say(voice, one.spoken) for one in phrases}
    except NoEngineError:
        return "", {}
