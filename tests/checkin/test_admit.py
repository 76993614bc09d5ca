"""Admission at the desk's service, on both databases: once, with one slip, one entry, and the reason where it is refused."""

from __future__ import annotations

import json

import pytest
from polling import keep_register, person
from sqlalchemy import select, update

from ballots.admission import (
    Admitted,
    AlreadyAdmitted,
    DoorsClosed,
    NeedsDeclaration,
    NoSlipsLeft,
    NotOnRoll,
    NotResident,
    PollClosed,
    PollNotOpen,
    TooYoung,
)
from ballots.slips import Movement
from votingapp.desks.checkin import service, undoing
from votingapp.store import audit, ledger, refusals
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table

SIGNE, YOUNG, ELSEWHERE = "Signe Sørensen", "Ung Åkesson", "Bent Andetsteds"


@pytest.fixture
def official(any_store, add_staff):
    return add_staff(any_store, None, "bente")


@pytest.fixture
def admit(any_store, official, person_id):
    def act(poll, name: str, desk: str = "Bord 1", *, declared: bool = True):
        return service.admit(any_store, official, poll.election, person_id(any_store, name), desk, declared=declared)

    return act


def admitted(store):
    with store.reading() as connection:
        return connection.execute(select(admission)).all()


def issued(store, poll) -> int:
    with store.reading() as connection:
        return urn_of(connection, poll.election.urn_uuid).slips_issued


def log(store, poll):
    with store.reading() as connection:
        return [(one.act, json.loads(one.details)) for one in audit.entries(connection, poll.election.id)]


def test_an_admission_issues_one_slip_and_one_entry(any_store, open_poll, admit, official, person_id, clock):
    """The admission, the slip it issues and the log's entry are one transaction."""
    poll = open_poll(any_store)
    outcome = admit(poll, SIGNE)
    assert outcome == Admitted(clock.now, "Bord 1")
    (row,) = admitted(any_store)
    who = person_id(any_store, SIGNE)
    assert (row.person_id, row.desk, row.admitted_at, row.admitted_by) == (who, "Bord 1", clock.now, official.id)
    assert (row.declaration_text, row.declared_at) == ("anden-etnisk-baggrund-1", clock.now)
    assert issued(any_store, poll) == 1
    details = {"declaration": "anden-etnisk-baggrund-1", "desk": "Bord 1", "person": who}
    assert log(any_store, poll)[-1] == ("admitted", details)


def test_a_second_admission_is_told_time_and_desk_of_the_first(any_store, open_poll, admit, clock):
    """Promise 4: whoever was here before gets no second slip, at no desk."""
    poll = open_poll(any_store)
    first = clock.now
    admit(poll, SIGNE, "Bord 1")
    clock.advance(minutes=7)
    assert admit(poll, SIGNE, "Bord 2") == AlreadyAdmitted(first, "Bord 1")
    assert len(admitted(any_store)) == 1
    assert issued(any_store, poll) == 1
    assert log(any_store, poll)[-1][0] == "admission_refused"


def test_pressed_twice_is_no_second_visit(any_store, open_poll, admit, clock):
    """The button pressed again at the same desk within the minute leaves no refusal; a minute later it does."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    before = log(any_store, poll)
    clock.advance(seconds=59)
    assert isinstance(admit(poll, SIGNE), AlreadyAdmitted)
    assert log(any_store, poll) == before
    clock.advance(seconds=1)
    admit(poll, SIGNE)
    act, details = log(any_store, poll)[-1]
    assert (act, details["reason"]) == ("admission_refused", "AlreadyAdmitted")


def test_a_look_at_who_was_here_is_no_second_visit(any_store, open_poll, admit, official, clock):
    """Looked up again, at whatever desk, she may have come about her slip: the record says nothing of a second visit."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    before = log(any_store, poll)
    clock.advance(hours=1)
    for name in ("Bord 1", "Bord 2"):
        (found,) = service.look_up_cpr(any_store, service.Desk(name, official), poll.election, "0101801234")
        assert isinstance(found.answer, AlreadyAdmitted)
    assert log(any_store, poll) == before
    with any_store.reading() as connection:
        assert refusals.count(connection, poll.election.id) == {}


def test_without_the_declaration_nobody_is_admitted(any_store, open_poll, admit):
    """On an open roll the voter declares first; asking leaves no trace."""
    poll = open_poll(any_store)
    before = log(any_store, poll)
    assert admit(poll, SIGNE, declared=False) == NeedsDeclaration("anden-etnisk-baggrund-1")
    assert not admitted(any_store)
    assert log(any_store, poll) == before


def test_on_a_closed_roll_no_declaration_is_kept(any_store, found_election, koege_rules, residents, admit):
    """Those on a closed roll are named already: nothing is asked, and nothing about it is stored."""
    from polling import prepare_poll  # noqa: PLC0415 - this test brings its own rules

    election = found_election(any_store, rules_text=koege_rules.replace('roll = "open"', 'roll = "closed"'))
    keep_register(any_store, election, *residents)
    poll = prepare_poll(any_store, election)
    assert isinstance(admit(poll, SIGNE, declared=False), Admitted)
    (row,) = admitted(any_store)
    assert (row.declaration_text, row.declared_at) == (None, None)


@pytest.mark.parametrize(("name", "answer"), [(YOUNG, TooYoung), (ELSEWHERE, NotResident)])
def test_who_may_not_vote_is_refused_and_logged_without_a_slip(any_store, open_poll, admit, name, answer):
    """A refusal names its reason in the polling book and issues nothing."""
    poll = open_poll(any_store)
    assert isinstance(admit(poll, name), answer)
    assert not admitted(any_store)
    assert issued(any_store, poll) == 0
    act, details = log(any_store, poll)[-1]
    assert (act, details["reason"]) == ("admission_refused", answer.__name__)


@pytest.mark.parametrize(("state", "answer"), [("not_open", PollNotOpen()), ("closed", PollClosed())])
def test_outside_the_poll_nobody_is_admitted(any_store, open_poll, admit, state, answer):
    """Before the opening and after the close the desk admits nobody."""
    assert admit(open_poll(any_store, state=state), SIGNE) == answer
    assert not admitted(any_store)


def test_a_poll_closed_meanwhile_admits_nobody(any_store, open_poll, admit):
    """What counts is the poll's state in the transaction, not the one the page was drawn with."""
    poll = open_poll(any_store)

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.keep_unrecorded()

    any_store.write(close)
    assert poll.election.closed_at is None
    assert admit(poll, SIGNE) == PollClosed()


def test_the_last_slip_is_the_last_admission(any_store, open_poll, admit):
    """When the box is empty the next voter waits for the board and is not marked as having been here."""
    poll = open_poll(any_store, slips=1)
    assert isinstance(admit(poll, SIGNE), Admitted)
    before = log(any_store, poll)
    assert admit(poll, "Łukasz Öztürk-Ærø") == NoSlipsLeft()
    assert len(admitted(any_store)) == 1
    assert log(any_store, poll) == before, "who then votes on paper would be known by it"


def test_a_person_of_another_election_is_nobody_here(any_store, open_poll, found_election, official, person_id):
    """Elections are sealed off from one another: another register's row id admits nobody."""
    poll = open_poll(any_store)
    other = found_election(any_store, slug="anden")
    keep_register(any_store, other, person("Kun Der", "0303801111"))
    stranger = person_id(any_store, "Kun Der")
    outcome = service.admit(any_store, official, poll.election, stranger, "Bord 1", declared=True)
    assert outcome == NotOnRoll()
    assert service.show(any_store, official, poll.election, stranger) is None
    assert not admitted(any_store)


def test_a_role_holder_is_counted_by_desk(any_store, open_poll, official, admit, add_staff):
    """The counter tells a desk its own figure and the board the account of slips."""
    poll = open_poll(any_store)
    add_staff(any_store, poll.election, "bo", Role.BOARD)
    admit(poll, SIGNE, "Bord 1")
    admit(poll, "Łukasz Öztürk-Ærø", "Bord 2")
    assert service.read_counter(any_store, poll.election, "Bord 1") == service.Counter(
        at_desk=1, admitted=2, slips_issued=2, slips_left=1
    )


def test_after_the_doors_those_in_line_are_admitted_and_nobody_beyond(any_store, open_poll, official, admit, person_id):
    """One stood in line: one is admitted, the next is told; when that one is taken back, the place is free again."""
    poll = open_poll(any_store)

    def shut(work):
        work.connection.execute(
            update(election_table).values(doors_closed_at=work.now, queue_at_close=1, number_at_doors=0)
        )
        work.keep_unrecorded()

    any_store.write(shut)
    assert isinstance(admit(poll, SIGNE), Admitted)
    assert admit(poll, "Łukasz Öztürk-Ærø") == DoorsClosed()
    reason = undoing.Reason("Gik igen", official)
    undone = undoing.undo(any_store, service.Desk("Bord 1", official), poll.election, 1, undoing.NotDrawn(), reason)
    assert isinstance(undone, undoing.Undone)
    assert isinstance(admit(poll, "Łukasz Öztürk-Ærø"), Admitted)


def test_slips_that_left_the_box_otherwise_are_no_slips_left(any_store, open_poll, official, admit):
    """Exchanged and void slips cannot be drawn: the desk is told before a voter stands at an empty box."""
    poll = open_poll(any_store, slips=2)

    def spoil(work):
        ledger.write(work, poll.election.id, ledger.Paper.SLIP, ledger.Entry(Movement.VOID, "Bord 1", 1, official.id))
        work.keep_unrecorded()

    any_store.write(spoil)
    assert isinstance(admit(poll, SIGNE), Admitted)
    assert admit(poll, "Łukasz Öztürk-Ærø") == NoSlipsLeft()
