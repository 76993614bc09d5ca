"""A stranger's picture is opened in a process of its own, which is ended when it takes more than its share."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from photographs import notes, png, png_bomb, quarters, written

from votingapp.documents.pictures.darkroom import develop
from votingapp.documents.pictures.normalising import LARGEST_FILE, Picture, PictureRefusal, normalise

if TYPE_CHECKING:
    import pytest


def test_the_darkroom_does_what_normalise_does() -> None:
    """The room apart changes nothing about the picture or the reasons for refusing one."""
    for raw in (
        written(quarters(2000, 1500), exif=notes(6)),
        b"no picture",
        b"",
        png_bomb(),
        written(quarters(100, 100)),
        written(quarters())[:900],
        b"\0" * (LARGEST_FILE + 1),
    ):
        assert develop(raw) == normalise(raw)


def test_a_decoder_that_never_ends_is_ended() -> None:
    """A JPEG of a hundred thousand scans, 1.5 MB in all, is refused as broken once its share of time is used."""
    raw = many_scans(100_000)
    assert len(raw) < 2_000_000
    assert isinstance(normalise(many_scans(10)), Picture), "a few such scans are read"
    assert develop(raw, seconds=1) is PictureRefusal.BROKEN


def many_scans(number: int) -> bytes:
    """A progressive JPEG in which one scan comes again and again, as the format allows and no camera does."""
    raw = written(quarters(6000, 6000), progressive=True)
    last = raw.rindex(b"\xff\xda")
    scan = raw[last : raw.rindex(b"\xff\xd9")]
    header = scan[: 2 + int.from_bytes(scan[2:4], "big")]
    return raw[:last] + header * number + scan + b"\xff\xd9"


def test_a_decoder_that_breaks_ends_nobody_else(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """A process that dies, or answers nothing, is a broken picture to the one who asked."""
    dying = tmp_path / "dying"
    dying.write_text(f"#!{sys.executable}\nimport os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    assert develop(written(quarters())) is PictureRefusal.BROKEN


def test_the_darkroom_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """The process in which a stranger's file is opened is given none of the house's environment."""
    seen = tmp_path / "seen"
    spying = tmp_path / "spying"
    spying.write_text(f"#!{sys.executable}\nimport os\nopen({str(seen)!r}, 'w').write(repr(dict(os.environ)))\n")
    spying.chmod(0o755)
    monkeypatch.setenv("VOTINGAPP_SECRET", "nøglen til det hele")
    monkeypatch.setattr(sys, "executable", str(spying))
    assert develop(written(quarters())) is PictureRefusal.BROKEN
    assert "nøglen" not in seen.read_text()
    assert "nøglen" in os.environ["VOTINGAPP_SECRET"]


def test_a_large_plain_picture_has_room() -> None:
    """The share is enough for the largest picture that is taken: 52 million pixels of a PNG."""
    outcome = develop(png(8000, 6500))
    assert isinstance(outcome, Picture)
    assert (outcome.width, outcome.height) == (1600, 1300)
