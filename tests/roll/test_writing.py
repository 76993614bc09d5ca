"""The roll is written when it is due, as it stands, for rolls that are short and long, and its trouble is told."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from polling import keep_register, person
from roll_papers import AASE, BENT, CARLA, now_of, texts
from sqlalchemy.exc import OperationalError

from votingapp.documents.typesetting import TypesettingError
from votingapp.paper_roll import stick as stick_module
from votingapp.paper_roll import writing
from votingapp.paper_roll.state import State, Why, note_alive, status
from votingapp.paper_roll.watching import (
    BLIND_SECONDS,
    EVERY_SECONDS,
    REFRESH_SECONDS,
    REPORTED,
    TRY_AGAIN_SECONDS,
    Watcher,
    _outcome,
    status_of,
    watch,
)
from votingapp.store.unit_of_work import StoreFull

PAPER = "koege-2021-valgliste.pdf"


class Evening:
    """A watcher with a clock of its own, and what it has had written."""

    def __init__(self, store, settings, folder) -> None:
        self.store, self.settings, self.folder = store, settings, folder
        self.seconds = 1000.0
        self.written: list[str] = []
        self.watcher = Watcher(store, settings.home, folder, self._write, lambda: self.seconds)

    def _write(self, slug, sign) -> Why | None:
        sign()
        self.written.append(slug)
        return writing.write(self.store, self.settings.home, self.folder, slug)

    def look(self, after: float = 2.0) -> int:
        """Look once after some seconds; how many papers were written."""
        before = len(self.written)
        self.seconds += after
        self.watcher.look()
        return len(self.written) - before

    def status(self, election):
        return status(replace(self.settings, roll=self.folder), election.id)


@pytest.fixture
def evening(store, settings, stick, monkeypatch) -> Evening:
    """A house with a stick on another disk than its own."""
    monkeypatch.setattr("votingapp.paper_roll.watching.lies_beside", lambda _home, folder: not folder.stat().st_dev)
    return Evening(store, settings, stick)


def paper(stick, name=PAPER) -> str:
    return " ".join(texts((stick / name).read_bytes()))


def test_it_is_written_before_the_poll_opens_and_after_each_admission(evening, store, keep_roll, open_poll, admit):
    """The stick has the roll before the first voter comes, and every admission within half a minute."""
    election = keep_roll(store)
    assert evening.look() == 0, "nothing is written while the election can still change"
    election = open_poll(store, election)
    assert evening.look() == 1
    assert "Ingen er mødt frem endnu" in paper(evening.folder)
    assert evening.look(EVERY_SECONDS) == 0, "what has not changed is not written again"

    admit(store, election, AASE)
    assert evening.look() == 1
    assert "Seneste kvitteringsnummer: 1" in paper(evening.folder)
    admit(store, election, BENT)
    admit(store, election, CARLA)
    assert evening.look() == 0, "and not more often than every half minute"
    assert evening.look(EVERY_SECONDS) == 1
    assert "Seneste kvitteringsnummer: 3" in paper(evening.folder)
    assert "Seneste kvitteringsnummer: 1" in paper(evening.folder, "koege-2021-valgliste-forrige.pdf")
    assert evening.status(election).state is State.WRITTEN
    assert (evening.status(election).last, evening.status(election).written_at) == (3, store.clock())


def test_an_admission_taken_back_is_written(evening, store, keep_roll, open_poll, admit, undo):
    """A tick that is no longer true does not stay on the paper."""
    election = open_poll(store, keep_roll(store))
    admit(store, election, AASE)
    evening.look()
    undo(store, election, AASE)
    assert evening.look(EVERY_SECONDS) == 1


def test_the_time_on_the_paper_tells_that_somebody_writes(evening, store, keep_roll, open_poll, clock):
    """Also when nobody comes, the time on the paper is never older than ten minutes."""
    open_poll(store, keep_roll(store))
    evening.look()
    clock.advance(seconds=REFRESH_SECONDS)
    assert evening.look(REFRESH_SECONDS - 1) == 0
    assert evening.look(1) == 1


def test_a_new_stick_gets_the_roll_at_once(evening, store, keep_roll, open_poll):
    """When the paper is not there any more it is written again, though nothing has changed."""
    open_poll(store, keep_roll(store))
    evening.look()
    (evening.folder / PAPER).unlink()
    assert evening.look(TRY_AGAIN_SECONDS) == 1
    assert "Carla" in paper(evening.folder)


def test_it_is_written_once_more_after_the_close(evening, store, keep_roll, open_poll, admit, close_poll):
    """The last admissions stand on it; afterwards a paper that was deleted does not come back."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    admit(store, election, AASE)
    close_poll(store, election)
    assert evening.look(EVERY_SECONDS) == 1
    assert "Seneste kvitteringsnummer: 1" in paper(evening.folder)
    (evening.folder / PAPER).unlink()
    assert evening.look(REFRESH_SECONDS) == 0


def test_an_election_that_was_over_before_is_left_alone(evening, store, keep_roll, open_poll, close_poll):
    """A house that still holds last year's election does not bring its names onto this year's stick."""
    close_poll(store, open_poll(store, keep_roll(store)))
    assert evening.look() == 0


def test_a_stick_pulled_out_is_told_and_comes_back_by_itself(evening, store, keep_roll, open_poll, admit, clock):
    """The board sees since when it is missing; as soon as it is back the roll is written, without anybody's doing."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    elsewhere = evening.folder.rename(evening.folder.with_name("pulled-out"))
    admit(store, election, AASE)
    first = store.clock()
    assert evening.look(TRY_AGAIN_SECONDS) == 0
    clock.advance(seconds=60)
    assert evening.look(TRY_AGAIN_SECONDS) == 0
    found = evening.status(election)
    assert (found.state, found.why, found.since, found.last) == (State.BEHIND, Why.GONE, first, 0)
    assert not evening.folder.exists(), "nothing is made in its place"

    elsewhere.rename(evening.folder)
    assert evening.look(TRY_AGAIN_SECONDS) == 1
    assert evening.status(election).state is State.WRITTEN
    assert evening.status(election).since is None
    assert "Seneste kvitteringsnummer: 1" in paper(evening.folder)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, Why.FULL), (errno.EROFS, Why.READ_ONLY), (errno.EIO, Why.BROKEN), (errno.ENODEV, Why.GONE)],
)
def test_a_stick_that_fails_is_told_and_the_paper_before_stays(
    evening, store, keep_roll, open_poll, admit, monkeypatch, number, why
):
    """Full, write-protected or broken, the reason is told, nothing crashes, and what was there is there."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    before = (evening.folder / PAPER).read_bytes()
    admit(store, election, AASE)
    with monkeypatch.context() as broken:
        broken.setattr(stick_module, "written_whole", _failing(number))
        evening.look(EVERY_SECONDS)
    assert (evening.status(election).state, evening.status(election).why) == (State.BEHIND, why)
    assert (evening.folder / PAPER).read_bytes() == before
    assert evening.look(TRY_AGAIN_SECONDS) == 1
    assert evening.status(election).state is State.WRITTEN


def test_a_folder_that_is_no_longer_the_stick_gets_nothing(evening, store, keep_roll, open_poll, admit, monkeypatch):
    """Where the stick is not mounted any more, its folder lies on the computer's disk, and names do not belong there."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    admit(store, election, AASE)
    monkeypatch.setattr("votingapp.paper_roll.watching.lies_beside", lambda *_: True)
    assert evening.look(EVERY_SECONDS) == 0
    assert evening.status(election).why is Why.NOT_THE_STICK


def test_a_folder_on_the_computers_own_disk_is_told(evening, store, keep_roll, open_poll, monkeypatch):
    """Who names a folder of the computer itself gets the roll there, and the board is told that it is no stick."""
    monkeypatch.setattr("votingapp.paper_roll.watching.lies_beside", lambda *_: True)
    election = open_poll(store, keep_roll(store))
    assert evening.look() == 1
    found = evening.status(election)
    assert (found.state, found.same_disk) == (State.WRITTEN, True)


def test_a_roll_that_cannot_be_set_is_told(evening, store, keep_roll, open_poll, monkeypatch):
    """A paper that fails in the press is trouble to be told and not the end of whoever writes."""

    def jam(*_args, **_kwargs):
        raise TypesettingError("jammed")

    monkeypatch.setattr("votingapp.documents.printed_roll.typeset", jam)
    election = open_poll(store, keep_roll(store))
    evening.look()
    assert evening.status(election).why is Why.BROKEN


def test_a_long_roll_is_written_once_and_those_admitted_again(evening, store, keep_roll, open_poll, admit, monkeypatch):
    """Where the whole takes too long, it lies there in parts, and the list of who has been here is written anew."""
    monkeypatch.setattr(writing, "WHOLE", 5)
    monkeypatch.setattr("votingapp.paper_roll.composing.MOST_IN_ONE", 3)
    election = open_poll(store, keep_roll(store))
    evening.look()
    parts = ["koege-2021-valgliste-del-01.pdf", "koege-2021-valgliste-del-02.pdf"]
    names = {*parts, "koege-2021-moedt-frem.pdf"}
    assert {path.name for path in evening.folder.iterdir()} == names
    assert "del 2 af 2" in paper(evening.folder, parts[1])
    whole = {name: (evening.folder / name).stat().st_mtime_ns for name in parts}

    admit(store, election, CARLA)
    assert evening.look(EVERY_SECONDS) == 1
    assert {name: (evening.folder / name).stat().st_mtime_ns for name in parts} == whole
    listed = paper(evening.folder, "koege-2021-moedt-frem.pdf")
    assert "Carla" in listed
    assert "Bent" not in listed
    assert "Seneste kvitteringsnummer: 1" in listed

    (evening.folder / parts[0]).unlink()
    assert evening.look(EVERY_SECONDS) == 1
    assert (evening.folder / parts[0]).exists(), "a part that is gone is written again"


def test_two_polls_are_written_beside_one_another(evening, store, keep_roll, open_poll, found_election):
    """Two elections on one evening have each their paper; trouble with one does not hold up the other."""
    open_poll(store, keep_roll(store))
    other = found_election(store, slug="aeldreraad", rehearsal=True)
    keep_register(store, other, person("Gerda", "0606806666"))
    open_poll(store, other)
    assert evening.look() == 2
    assert "Gerda" in paper(evening.folder, "proevevalg-aeldreraad-valgliste.pdf")
    assert "Gerda" not in paper(evening.folder)


def test_without_a_stick_the_board_is_told_that_it_is_off(settings):
    """Where no folder is named nothing is promised."""
    assert status(settings, "e").state is State.OFF


def test_whoever_writes_gives_signs_of_life(evening, settings, stick, store, keep_roll, open_poll):
    """Before she has begun, and when she has been silent too long, the board sees that nobody writes."""
    election = keep_roll(store)
    assert evening.status(election).state is State.NOBODY_WRITES
    evening.look()
    assert evening.status(election).state is State.NOT_YET
    sign = settings.home / "printed-roll" / "watcher.json"
    old = datetime.now(UTC) - timedelta(minutes=5)
    os.utime(sign, (old.timestamp(), old.timestamp()))
    assert evening.status(election).state is State.NOBODY_WRITES
    note_alive(settings.home, same_disk=False)
    assert evening.status(election).state is State.NOT_YET


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"why": "unheard of"}', '{"written_at": "yesterday"}', '{"names": 7}']
)
def test_notes_that_cannot_be_read_are_no_notes(evening, settings, store, keep_roll, open_poll, content):
    """A note that a crash has cut is as good as none: the roll is written and the note with it."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    (settings.home / "printed-roll" / f"{election.id}.json").write_text(content, encoding="utf-8")
    assert evening.status(election).state is State.NOT_YET
    assert evening.look(EVERY_SECONDS) == 1
    assert evening.status(election).state is State.WRITTEN


def test_the_notes_name_nobody(evening, settings, store, keep_roll, open_poll, admit):
    """What the house keeps about the writing is counts and times."""
    election = open_poll(store, keep_roll(store))
    admit(store, election, AASE)
    evening.look()
    kept = "".join(path.read_text() for path in (settings.home / "printed-roll").iterdir())
    assert "Åse" not in kept
    assert "0101" not in kept


def test_a_full_disk_of_the_house_stops_no_writing(evening, store, settings, keep_roll, open_poll, monkeypatch):
    """When the house's own disk has no room for a note, the roll is written all the same, and not in a hurry."""
    open_poll(store, keep_roll(store))
    monkeypatch.setattr("pathlib.Path.write_text", _no_room)
    assert evening.look() == 1
    assert (evening.folder / PAPER).exists()
    assert evening.look() == 0
    assert evening.look(TRY_AGAIN_SECONDS) == 1


def test_every_outcome_has_a_status_of_its_own():
    """What the writing process reports arrives as what it was; a death without a word is trouble of its own."""
    assert [_outcome(status_of(why)) for why in (None, *Why)] == [None, *Why]
    assert _outcome(1) is Why.BROKEN
    assert _outcome(-9) is Why.BROKEN
    assert REPORTED > 2


def test_looking_goes_on_until_told(evening, store, keep_roll, open_poll):
    """One look, a wait, and another one, until somebody says stop."""
    open_poll(store, keep_roll(store))
    waits = []
    watch(evening.watcher, lambda seconds: waits.append(seconds) or len(waits) == 3)
    assert len(waits) == 3
    assert evening.written == ["koege-2021"]


@pytest.mark.parametrize("trouble", ["locked", "full"])
def test_a_house_in_trouble_does_not_end_the_looking(evening, store, keep_roll, open_poll, monkeypatch, trouble):
    """When the database does not answer or its disk is full, the look is given up and the next one made."""
    election = open_poll(store, keep_roll(store))
    with monkeypatch.context() as broken:
        broken.setattr("votingapp.paper_roll.watching.elections.every", _TROUBLES[trouble])
        assert evening.look() == 0
    assert evening.look() == 1
    assert now_of(store, election).state.value == "open"


def test_a_roll_that_may_be_old_is_told_once_that_lasts(evening, store, keep_roll, open_poll, monkeypatch):
    """A look that fails by chance is no trouble; half a minute of them is, until the roll is written again."""
    election = open_poll(store, keep_roll(store))
    evening.look()
    with monkeypatch.context() as broken:
        broken.setattr("votingapp.paper_roll.watching.elections.every", _no_room_for_the_house)
        evening.look()
        assert evening.status(election).state is State.WRITTEN
        evening.look(BLIND_SECONDS)
        assert (evening.status(election).state, evening.status(election).why) == (State.BEHIND, Why.BROKEN)
    assert evening.look() == 1
    assert evening.status(election).state is State.WRITTEN


def _failing(number):
    def fail(_path):
        raise OSError(number, "stick")

    return fail


def _no_room(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def _no_database(_connection):
    raise OperationalError("SELECT", {}, Exception("locked"))


def _no_room_for_the_house(_connection):
    raise StoreFull("no room")


_TROUBLES = {"locked": _no_database, "full": _no_room_for_the_house}
