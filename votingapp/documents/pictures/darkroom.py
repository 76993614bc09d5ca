"""Strangers' pictures are opened in a room apart: a short-lived process that has little time, little memory and no secrets."""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
from threading import Lock

from votingapp.documents.pictures.kinds import recognise
from votingapp.documents.pictures.normalising import LARGEST_FILE, Picture, PictureRefusal, normalise

SECONDS = 15
"""Of processor time; the largest photograph takes about two."""

MEMORY = 768 * 1024 * 1024
"""Bytes of address space; a PNG of 52 million pixels with transparency takes 530 million, a HEIC of that size 510 million."""

_WALL_SECONDS = 40
"""Less than a request may take, more than the processor time on a busy machine."""

_HEAD = struct.Struct(">II")

_ONE_AT_A_TIME = Lock()
"""Each worker opens one picture at a time, so that four at once do not take four times the memory."""


def develop(raw: bytes, seconds: int = SECONDS) -> Picture | PictureRefusal:
    """Do what `normalise` does, in a process of its own.

    A small file can be made to keep a decoder busy for hours, or to break it: a JPEG of ten thousand scans, a HEIC
    whose tiles are each as large as the whole. No check of the file finds all of these. A process that is ended
    by the system when it has used its share finds every one, and ends none of the others' requests.
    """
    if len(raw) > LARGEST_FILE:
        return PictureRefusal.TOO_MANY_BYTES
    if recognise(raw) is None:  # not worth a process
        return PictureRefusal.NOT_A_PICTURE
    command = [sys.executable, "-I", "-m", "votingapp.documents.pictures.darkroom", str(seconds)]
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
                command,
                input=raw,
                capture_output=True,
                check=False,
                env={},  # the house's keys may stand in the environment
                timeout=_WALL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return PictureRefusal.BROKEN
    return _read(done.stdout) if done.returncode == 0 else PictureRefusal.BROKEN


def _read(answer: bytes) -> Picture | PictureRefusal:
    if len(answer) <= _HEAD.size:
        return PictureRefusal.BROKEN
    width, height = _HEAD.unpack_from(answer)
    rest = answer[_HEAD.size :]
    return Picture(rest, width, height) if width else PictureRefusal(rest.decode())


def _write(outcome: Picture | PictureRefusal) -> bytes:
    if isinstance(outcome, Picture):
        return _HEAD.pack(outcome.width, outcome.height) + outcome.source
    return _HEAD.pack(0, 0) + outcome.value.encode()


def _main(seconds: int) -> None:
    raw = sys.stdin.buffer.read()
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    sys.stdout.buffer.write(_write(normalise(raw)))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
