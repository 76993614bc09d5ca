"""What an evening leaves behind: lines that are never taken back, the newest message, the last report of a line, the shifts."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from votingapp.store import audit, incidents, messages, queues, shifts
from votingapp.store.incidents import OVER, NoSuchLine, Written
from votingapp.store.staff import Role
from votingapp.store.tables.station import queue_report


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


@pytest.fixture
def bente(any_store, election, add_staff):
    return add_staff(any_store, election, "bente", Role.DESK, name="Bente Østergård")


@pytest.fixture
def write(any_store, election, bente):
    """Write a line as the desk would: `write("text", desk="Bord 1", corrects=None)`."""

    def send(text: str, desk: str = "Bord 1", corrects: int | None = None):
        def act(work):
            number = incidents.write(work, election.id, bente.id, Written(desk, text, corrects))
            work.record(election.id, bente.login, "incident_written")
            return number

        return any_store.write(act)

    return send


def test_lines_are_numbered_as_they_are_written(any_store, election, write, clock):
    """Their order is that of writing, also after the clock was set back, and each has its time and its writer."""
    assert write("Læseren ved bord 2 svigter") == 1
    clock.advance(hours=-1)
    assert write("Ny læser sat til", "Bord 2") == 2
    with any_store.reading() as connection:
        first, second = incidents.lines(connection, election.id)
        assert incidents.newest(connection, election.id, 1) == (second,)
        assert incidents.of_desk(connection, election.id, "Bord 1") == (first,)
    assert (first.writer, first.desk, first.corrects) == ("Bente Østergård", "Bord 1", None)
    assert second.at < first.at


def test_a_correction_is_another_line(any_store, election, write):
    """The line that was wrong stands; the one that puts it right names it, and names only one that is there."""
    write("Bord 3 åbnede kl. 16.05")
    assert write("Bord 3 åbnede kl. 16.00", corrects=1) == 2
    assert write("Retter noget, der ikke er", corrects=9) == NoSuchLine()
    assert write("Retter nul", corrects=0) == NoSuchLine()
    with any_store.reading() as connection:
        assert [(line.text[-5:], line.corrects) for line in incidents.lines(connection, election.id)] == [
            ("16.05", None),
            ("16.00", 1),
        ]


def test_another_election_has_its_own_lines(any_store, election, write, found_election, bente):
    """Each election begins at one, and sees none of the other's lines."""
    write("Her")
    other = found_election(any_store, slug="anden")

    def act(work):
        number = incidents.write(work, other.id, bente.id, Written("", "Der"))
        work.record(other.id, bente.login, "incident_written")
        return number

    assert any_store.write(act) == 1
    with any_store.reading() as connection:
        assert [line.text for line in incidents.lines(connection, other.id)] == ["Der"]


@pytest.fixture
def notice(any_store, election):
    """Let the machine notice: `notice("battery_low", "warning")`; whether it became a line."""
    return lambda code, level: any_store.write(
        lambda work: incidents.notice(work, election.id, code, level, f"{code} {level}")
    )


def test_what_the_machine_notices_is_written_once(any_store, election, notice, clock):
    """However often it looks: one line when it begins, one when it gets worse, one when it is over for a while."""
    assert not notice("battery_low", OVER)
    assert notice("battery_low", "warning")
    assert not notice("battery_low", "warning")
    assert notice("battery_low", "alarm")
    assert not notice("battery_low", "warning")
    clock.advance(minutes=4)
    assert not notice("battery_low", OVER)
    clock.advance(minutes=1)
    assert notice("battery_low", OVER)
    assert not notice("battery_low", OVER)
    assert notice("battery_low", "warning")
    with any_store.reading() as connection:
        lines = incidents.lines(connection, election.id)
        assert [line.text.split()[1] for line in lines] == ["warning", "alarm", "over", "warning"]
        assert {(line.writer, line.desk) for line in lines} == {(None, incidents.BOARD)}
        assert incidents.noticed(connection, election.id)["battery_low"][0] == "warning"
        acts = [(one.actor, one.act) for one in audit.entries(connection, election.id)]
    assert acts.count((audit.HOUSE, "incident_noticed")) == 4


def test_two_things_are_noticed_apart(notice):
    """A full disk does not keep an empty battery from being written."""
    assert notice("disk_low", "alarm")
    assert notice("battery_low", "warning")


def test_the_newest_message_holds(any_store, election, bente, clock):
    """Before the first there is none; after the clock was set back the one sent last is still the newest."""
    with any_store.reading() as connection:
        assert messages.latest(connection, election.id) is None

    def send(text: str):
        def act(work):
            sent = messages.send(work, election.id, bente.id, text)
            work.record(election.id, bente.login, "message_sent", text=text)
            return sent

        return any_store.write(act)

    send("Brug den trykte valgliste nu")
    clock.advance(hours=-2)
    newest = send("Fortsæt som normalt")
    with any_store.reading() as connection:
        latest = messages.latest(connection, election.id)
        assert (latest.id, latest.text, latest.sender) == (newest, "Fortsæt som normalt", "Bente Østergård")
        assert [one.text for one in messages.every(connection, election.id)][1:] == ["Brug den trykte valgliste nu"]


def test_of_a_queue_only_the_last_report_is_kept(any_store, election, clock):
    """One row for each desk whatever is pressed, no entry in the log, and no number that has no button."""
    with any_store.reading() as connection:
        before = sum(1 for _entry in audit.entries(connection, election.id))
    for desk, waiting in (("Bord 1", 5), ("Bord 2", 40), ("Bord 1", 20), ("Bord 1", 20)):
        clock.advance(minutes=1)
        any_store.write(lambda work, desk=desk, waiting=waiting: queues.report(work, election.id, desk, waiting))
    with pytest.raises(ValueError, match="7 waiting"):
        any_store.write(lambda work: queues.report(work, election.id, "Bord 1", 7))
    with any_store.reading() as connection:
        assert [(one.desk, one.waiting) for one in queues.every(connection, election.id)] == [
            ("Bord 1", 20),
            ("Bord 2", 40),
        ]
        assert queues.at_desk(connection, election.id, "Bord 1").at == clock.now
        assert queues.at_desk(connection, election.id, "Bord 9") is None
        assert connection.execute(select(func.count()).select_from(queue_report)).scalar_one() == 2
        assert sum(1 for _entry in audit.entries(connection, election.id)) == before


def test_a_shift_says_who_came_after_whom(any_store, election, bente, add_staff, clock):
    """A desk whose official had left has no name for her; the newest handover of a desk is the one kept last."""
    svend = add_staff(any_store, election, "svend", Role.DESK, name="Svend Åkjær")

    def hand(desk, outgoing, incoming, counted, expected):
        def act(work):
            shifts.hand_over(work, election.id, shifts.Handover(desk, outgoing, incoming, counted, expected))
            work.record(election.id, "test", "shift_changed")

        any_store.write(act)

    hand("Bord 1", bente.id, svend.id, 87, 88)
    clock.advance(hours=-1)
    hand("Bord 1", None, bente.id, 80, 80)
    hand("Bord 2", None, svend.id, 5, 5)
    with any_store.reading() as connection:
        found = shifts.every(connection, election.id)
        assert shifts.last_at(connection, election.id, "Bord 1") == found[1]
        assert shifts.last_at(connection, election.id, "Bord 3") is None
    assert [(one.desk, one.outgoing, one.incoming, one.difference) for one in found] == [
        ("Bord 2", None, "Svend Åkjær", 0),
        ("Bord 1", None, "Bente Østergård", 0),
        ("Bord 1", "Bente Østergård", "Svend Åkjær", -1),
    ]
