"""Another laptop goes on: what it refuses, what it tells, and that nobody is admitted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from polling import keep_register, person, prepare_poll
from sqlalchemy import insert, select, text

from ballots.admission import Admitted, AlreadyAdmitted
from ballots.urn import UrnAnswer
from votingapp.desks.booth import service as booth
from votingapp.desks.booth.fairness import Fairness
from votingapp.desks.checkin import service as checkin
from votingapp.store import audit
from votingapp.store import house as house_kind
from votingapp.store.backup import State, journal_file, restoring, status
from votingapp.store.backup.mark import read_mark
from votingapp.store.backup.restoring import CannotRestore, Destination, read_stick, restore_into
from votingapp.store.backup.watching import Watcher
from votingapp.store.hearing import Statement
from votingapp.store.house import WrongHouseError
from votingapp.store.tables.register import register_person
from votingapp.store.tables.staff import throttle


@pytest.fixture
def destination(tmp_path) -> Destination:
    """An empty home."""
    home = tmp_path / "second"
    home.mkdir()
    return Destination(home, home / "tls", home / "election.db", rehearsal=False)


@pytest.fixture
def go_on(house, destination):
    """Restore into the empty home."""
    return lambda: restore_into(destination, read_stick(house.stick, house.sheet), house.store.clock)


def _forge(house, *statements: Statement) -> None:
    """Add a record that the house itself might have written."""
    with house.store.reading() as connection:
        mark = read_mark(connection)
    record = journal_file.seal_record(house.sheet.house, mark.epoch, mark.serial + 1, statements)
    journal_file.append(house.stick.journal(mark.epoch), mark.size, record)


def test_an_evening_goes_on_elsewhere(house, found_election, add_staff, tmp_path):
    """Admissions before and after the copy stand, a second one is refused with its time and desk, ballots and slips are there."""
    election = found_election(house.store)
    keep_register(house.store, election, person("Signe Sørensen", "0101801234"), person("Łukasz Æ", "0101801250"))
    poll = prepare_poll(house.store, election, slips=3, issued=1)
    official = add_staff(house.store, None, "bente")
    with house.store.reading() as connection:
        first, second = connection.execute(select(register_person.c.id)).scalars()
    admit = checkin.admit
    before = admit(house.store, official, poll.election, first, "Bord 1", declared=True)
    house.snapshot()
    after = admit(house.store, official, poll.election, second, "Bord 2", declared=True)
    sealed = poll.seal(poll.slips[0])
    receipt = booth.cast(house.store, poll.election, sealed)

    _restored, store = house.elsewhere(tmp_path / "second")

    assert isinstance(before, Admitted)
    assert isinstance(after, Admitted)
    for voter, was in ((first, before), (second, after)):
        answer = admit(store, official, poll.election, voter, "Bord 3", declared=True)
        assert isinstance(answer, AlreadyAdmitted)
        assert (answer.at, answer.desk) == (was.at, was.desk)
    assert booth.cast(store, poll.election, sealed) == replace(receipt, again=True)
    assert isinstance(booth.cast(store, poll.election, poll.seal(poll.slips[0], 1)), booth.Refused)
    with store.reading() as connection:
        assert audit.first_broken_link(connection, election.id) is None
    store.engine.dispose()


def test_what_was_opened_is_not_cast_elsewhere(house, found_election, tmp_path):
    """A challenge before and one after the copy bar their ballots on the next laptop too, and are answered as before."""
    poll = prepare_poll(house.store, found_election(house.store), slips=1, issued=1)
    opened = [poll.seal(poll.slips[0]), poll.seal(poll.slips[0])]
    fairness = Fairness()
    first = booth.challenge(house.store, poll.election, opened[0], fairness, "tablet")
    house.snapshot()
    second = booth.challenge(house.store, poll.election, opened[1], fairness, "tablet")

    _restored, store = house.elsewhere(tmp_path / "second")

    for raw, answer in zip(opened, (first, second), strict=True):
        assert booth.cast(store, poll.election, raw) == booth.Refused(UrnAnswer.CHALLENGED)
        assert booth.challenge(store, poll.election, raw, Fairness(), "tablet") == replace(answer, again=True)
    assert isinstance(booth.cast(store, poll.election, poll.seal(poll.slips[0])), booth.Accepted)
    store.engine.dispose()


def test_the_second_laptop_goes_on_writing_the_same_stick(house, tmp_path):
    """After the restore the watcher makes a fresh copy by itself, and the same sheet opens it."""
    house.snapshot()
    house.snapshot()
    house.store.write(lambda work: work.record(audit.HOUSE, "test", "one"))
    _restored, store = house.elsewhere(tmp_path / "second")
    settings = replace(house.settings, home=tmp_path / "second", database_url=str(store.engine.url))
    assert status(settings).state is State.OUT_OF_STEP
    assert Watcher(store, settings).look() is None
    assert status(settings).state is State.IN_STEP
    chain = read_stick(house.stick, house.sheet)
    assert (chain.epoch, chain.records, chain.complete) == (3, (), True)
    store.engine.dispose()


def test_damage_in_the_journal_is_not_passed_over(house, go_on):
    """A damaged record that others follow: what comes before it can be gone on from, and it is said that more is missing."""
    house.snapshot()
    for number in range(3):
        house.store.write(lambda work, number=number: work.record(audit.HOUSE, "test", f"act {number}"))
    path = house.stick.journal(1)
    raw = bytearray(path.read_bytes())
    raw[20_000] ^= 1
    path.write_bytes(raw)
    chain = read_stick(house.stick, house.sheet)
    assert (len(chain.records), chain.complete) == (1, False)
    restored = go_on()
    assert restored.acts == 1


def test_damage_from_before_the_copy_does_not_matter(house):
    """An older journal that nobody needs may be damaged."""
    house.snapshot()
    house.store.write(lambda work: work.record(audit.HOUSE, "test", "one"))
    house.snapshot()
    house.stick.journal(1).write_bytes(b"damaged")
    assert read_stick(house.stick, house.sheet).complete


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_journal_that_is_not_there_is_missed(house, lost):
    """Each epoch began with a journal: without it nobody knows what it held, even where no number seems to be left out."""
    for name in ("one", "two", "three"):
        house.snapshot()
        house.store.write(lambda work, name=name: work.record(audit.HOUSE, "test", name))
    house.stick.journal(lost).unlink(missing_ok=True)
    house.stick.snapshot(3).write_bytes(b"damaged")
    chain = read_stick(house.stick, house.sheet)
    assert (chain.epoch, chain.complete) == (2, lost == 1)


def test_a_copy_without_a_journal_is_not_the_whole_evening(house):
    """The newest copy can be read and its journal was removed: the acts since are missing, and that is told."""
    house.snapshot()
    house.store.write(lambda work: work.record(audit.HOUSE, "test", "after the copy"))
    assert read_stick(house.stick, house.sheet).complete
    house.stick.journal(1).unlink()
    chain = read_stick(house.stick, house.sheet)
    assert (chain.records, chain.complete) == ((), False)


def test_without_a_copy_nothing_is_restored(house):
    """A journal alone, or copies of which none can be read, lead nowhere, and that is said."""
    house.snapshot()
    house.stick.snapshot(1).write_bytes(b"damaged")
    with pytest.raises(CannotRestore, match="no copy"):
        read_stick(house.stick, house.sheet)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (Statement("INSERT INTO nowhere VALUES (1)", (), many=False), "does not fit"),
        (Statement("DELETE FROM audit_entry", (), many=False), "does not fit"),
        (Statement("PRAGMA foreign_keys = OFF; DELETE FROM staff", (), many=False), "does not fit"),
    ],
)
def test_what_does_not_fit_leaves_no_house_behind(house, go_on, destination, statement, complaint):
    """An act that cannot be repeated, or that the log's own guard refuses: no database, and nothing half-done."""
    house.store.write(lambda work: work.record(audit.HOUSE, "test", "one"))
    house.snapshot()
    _forge(house, statement)
    with pytest.raises(CannotRestore, match=complaint):
        go_on()
    assert list(destination.home.iterdir()) == []


def test_a_log_that_does_not_hold_is_not_gone_on_with(house, go_on, destination):
    """An entry whose hash is not its own stops the restore; the chain is named."""
    house.store.write(lambda work: work.record(audit.HOUSE, "test", "one"))
    house.snapshot()
    entry = "INSERT INTO audit_entry VALUES ('house', 2, '2021-10-01 10:00:00.000000', 'x', 'y', '{}', '0', '1')"
    _forge(house, Statement(entry, (), many=False))
    with pytest.raises(CannotRestore, match="the log house does not hold at entry 2"):
        go_on()
    assert list(destination.home.iterdir()) == []


def test_a_rehearsal_is_not_restored_as_the_real_house(house, go_on, destination):
    """The stick of a rehearsal is refused where the real house is to go on, and nothing is left behind."""
    house.snapshot()
    with house.store.reading() as connection:
        rehearsal = house_kind.is_rehearsal(connection)
    with pytest.raises(WrongHouseError):
        restore_into(
            replace(destination, rehearsal=not rehearsal), read_stick(house.stick, house.sheet), house.store.clock
        )
    assert list(destination.home.iterdir()) == []


def test_only_our_own_files_are_put_into_a_home(destination):
    """A name in a copy that leads elsewhere is left out."""
    names = (
        "keys/a.key",
        "tls/server.crt",
        "backup/house.key",
        "../x",
        "keys/../../x",
        "keys/.hidden",
        "/etc/x",
        "election.db",
    )
    chain = restoring.Chain(1, 1, 1, dict.fromkeys(names, b"x"), (), complete=True)
    home = destination.home
    restoring._write_house_files(chain, {name: home / name for name in ("keys", "tls", "backup")})
    written = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert written == {"keys/a.key", "tls/server.crt", "backup/house.key"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in home.rglob("*"))


def test_large_and_odd_values_are_repeated_exactly(house, tmp_path):
    """Bytes, empty texts, right-to-left marks and large numbers are the same on the second laptop."""
    house.snapshot()
    names = ["", "\u202eøæå\u2069", "' OR 1=1 --", "🗳" * 50]

    def act(work):
        work.connection.execute(
            insert(throttle), [{"door": name, "failures": 2**53 + 1, "window_started_at": work.now} for name in names]
        )
        work.connection.execute(text("UPDATE throttle SET door = door || X'C3A6' WHERE door = ''"))
        work.keep_unrecorded()

    house.store.write(act)
    _restored, store = house.elsewhere(tmp_path / "second")
    everything = select(throttle).order_by(throttle.c.door)
    with store.reading() as there, house.store.reading() as here:
        assert there.execute(everything).all() == here.execute(everything).all()
    store.engine.dispose()
