"""What lies on the stick is whole at every instant, the paper before lies beside it, and nobody else's is touched."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from votingapp.paper_roll.stick import keep_only, put

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND, THIRD = (f"%PDF-1.7 {name} %%EOF\n".encode() for name in ("first", "second", "third"))


def read(stick: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in stick.iterdir()}


def test_the_paper_before_is_kept(stick):
    """After each writing the newest lies under its name and the one before beside it, and no more than these two."""
    put(stick, "koege-valgliste.pdf", FIRST)
    assert read(stick) == {"koege-valgliste.pdf": FIRST}
    put(stick, "koege-valgliste.pdf", SECOND)
    put(stick, "koege-valgliste.pdf", THIRD)
    assert read(stick) == {"koege-valgliste.pdf": THIRD, "koege-valgliste-forrige.pdf": SECOND}


def test_a_paper_cut_by_the_stick_does_not_take_the_place_of_a_good_one(stick):
    """When what lies there is no whole PDF any more, the last good one before it is left alone."""
    put(stick, "koege-valgliste.pdf", FIRST)
    put(stick, "koege-valgliste.pdf", SECOND)
    (stick / "koege-valgliste.pdf").write_bytes(SECOND[:10])
    put(stick, "koege-valgliste.pdf", THIRD)
    assert read(stick) == {"koege-valgliste.pdf": THIRD, "koege-valgliste-forrige.pdf": FIRST}


@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_stick_keeps_what_it_has(stick, monkeypatch, failing):
    """Wherever there is no more room, the newest whole paper stays where it was and nothing half is left."""
    put(stick, "koege-valgliste.pdf", FIRST)
    put(stick, "koege-valgliste.pdf", SECOND)
    calls = []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == failing * 2 - 1:  # each paper is synced, and then its folder
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(stick, "koege-valgliste.pdf", THIRD)
    found = read(stick)
    assert found["koege-valgliste.pdf"] == SECOND
    assert found["koege-valgliste-forrige.pdf"] in {FIRST, SECOND}
    assert len(found) == 2


def test_only_an_elections_own_old_papers_are_removed(stick):
    """A part that the roll no longer has goes, with the one before it; other elections and other files stay."""
    gone = {"koege-valgliste-del-02.pdf", "koege-valgliste-del-02-forrige.pdf", "koege-valgliste.pdf"}
    kept = {
        "koege-valgliste-del-01.pdf", "koege-valgliste-del-01-forrige.pdf", "koege-moedt-frem.pdf", "koege-2-valgliste.pdf",
        "koege-2-valgliste-del-02.pdf", "proevevalg-koege-valgliste.pdf", "koege-referat.pdf", "votingapp-ab-000001.journal",
    }  # fmt: skip
    for name in gone | kept:
        (stick / name).write_bytes(FIRST)
    keep_only(stick, "koege-", frozenset({"koege-valgliste-del-01.pdf", "koege-moedt-frem.pdf"}))
    assert set(read(stick)) == kept


def test_a_missing_stick_is_an_error_and_no_folder(tmp_path):
    """When the stick is gone nothing is made in its place on the computer's own disk."""
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "stick", "koege-valgliste.pdf", FIRST)
    assert list(tmp_path.iterdir()) == []
