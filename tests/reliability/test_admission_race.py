"""Thirty-two desks act at the same moment: on one voter, on one admission, on one case in doubt, on one printed roll."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from polling import keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import Admitted, AlreadyAdmitted
from ballots.urn import UrnAnswer
from votingapp.desks.booth import service as booth
from votingapp.desks.checkin import doubting, keying, service, undoing
from votingapp.desks.checkin.doubting import Case, Papers, Verdict
from votingapp.store import audit, urns
from votingapp.store.admissions import Channel
from votingapp.store.doubts import DoubtKind
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.register import register_person


def test_of_32_desks_exactly_one_admits_a_voter(any_store, found_election, add_staff, at_once):
    """One desk admits; each of the others is told when and where that was; one slip is issued; the log holds."""
    election = found_election(any_store)
    keep_register(any_store, election, person("Signe Sørensen", "0101801234"))
    poll = prepare_poll(any_store, election, slips=40)
    official = add_staff(any_store, None, "bente")
    with any_store.reading() as connection:
        person_id = connection.execute(select(register_person.c.id)).scalar_one()

    answers = at_once(
        lambda store, number: service.admit(
            store, official, poll.election, person_id, f"Bord {number + 1}", declared=True
        )
    )

    (winner,) = [answer for answer in answers if isinstance(answer, Admitted)]
    assert answers.count(AlreadyAdmitted(winner.at, winner.desk)) == 31
    with any_store.reading() as connection:
        (row,) = connection.execute(select(admission)).all()
        assert (row.admitted_at, row.desk) == (winner.at, winner.desk)
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 1
        entries = list(audit.entries(connection, poll.election.id))
        assert audit.first_broken_link(connection, poll.election.id) is None
    assert Counter(one.act for one in entries)["admitted"] == 1
    assert [json.loads(one.details)["desk"] for one in entries if one.act == "admitted"] == [winner.desk]


def test_32_voters_at_once_are_all_admitted_with_a_slip_each(any_store, found_election, add_staff, at_once):
    """Desks that admit different people do not undo one another's work: 32 admissions, 32 slips."""
    election = found_election(any_store)
    keep_register(any_store, election, *(person(f"Vælger {n}", f"01018012{n:02d}") for n in range(32)))
    poll = prepare_poll(any_store, election, slips=32)
    official = add_staff(any_store, None, "bente")
    with any_store.reading() as connection:
        ids = connection.execute(select(register_person.c.id)).scalars().all()

    answers = at_once(
        lambda store, number: service.admit(store, official, poll.election, ids[number], "Bord 1", declared=True)
    )

    assert all(isinstance(answer, Admitted) for answer in answers)
    with any_store.reading() as connection:
        assert len(connection.execute(select(admission)).all()) == 32
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 32


def _one_voter(store, found_election, add_staff):
    """An open poll with one voter: the poll, an official, a second one and the voter's id."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"))
    poll = prepare_poll(store, election, slips=40)
    bente, bo = add_staff(store, None, "bente"), add_staff(store, None, "bo")
    with store.reading() as connection:
        return poll, bente, bo, connection.execute(select(register_person.c.id)).scalar_one()


def _stands(store, poll):
    """Numbers of the admissions, numbers of those taken back, and slips issued; the log must hold."""
    with store.reading() as connection:
        assert audit.first_broken_link(connection, poll.election.id) is None
        return (
            sorted(connection.scalars(select(admission.c.number))),
            sorted(connection.scalars(select(admission_undone.c.number))),
            urn_of(connection, poll.election.urn_uuid).slips_issued,
        )


def test_undoing_and_admitting_at_once_leave_one_admission_or_none(any_store, found_election, add_staff, at_once):
    """Half of the desks take the admission back, half admit anew: one of the former succeeds, and slips follow rows."""
    poll, bente, bo, who = _one_voter(any_store, found_election, add_staff)
    service.admit(any_store, bente, poll.election, who, "Bord 1", declared=True)
    reason = undoing.Reason("Forkert person", bo)

    def act(store, number: int):
        if number % 2:
            return service.admit(store, bente, poll.election, who, "Bord 1", declared=True)
        return undoing.undo(store, service.Desk("Bord 1", bente), poll.election, 1, undoing.NotDrawn(), reason)

    answers = at_once(act)
    assert sum(isinstance(answer, undoing.Undone) for answer in answers) == 1
    admitted = sum(isinstance(answer, Admitted) for answer in answers)
    assert admitted <= 1
    assert _stands(any_store, poll) == ([2] * admitted, [1], admitted)


def test_undoing_and_casting_at_once_never_overfill_the_urn(any_store, found_election, add_staff, at_once):
    """One desk says that the slip lies in the box while it is cast: either the ballot is taken or the undoing, never both."""
    poll, bente, bo, who = _one_voter(any_store, found_election, add_staff)
    service.admit(any_store, bente, poll.election, who, "Bord 1", declared=True)
    reason, sealed = undoing.Reason("Ikke trukket", bo), poll.seal(poll.slips[0])

    def act(store, number: int):
        if number % 2:
            return booth.cast(store, poll.election, sealed)
        return undoing.undo(store, service.Desk("Bord 1", bente), poll.election, 1, undoing.NotDrawn(), reason)

    answers = at_once(act)
    taken = any(isinstance(answer, booth.Accepted) for answer in answers)
    undone = any(isinstance(answer, undoing.Undone) for answer in answers)
    assert taken != undone
    assert taken or booth.Refused(UrnAnswer.FULL) in answers
    with any_store.reading() as connection:
        cast = urns.count(connection, poll.election.urn_uuid)
    rows, _undone, issued = _stands(any_store, poll)
    assert (cast, issued, len(rows)) == ((1, 1, 1) if taken else (0, 0, 0))


def test_a_case_in_doubt_and_a_desk_admit_a_voter_once(any_store, found_election, add_staff, at_once):
    """Supervisors say yes to two cases about her while desks admit her: she is admitted once, and one slip is issued."""
    poll, bente, bo, who = _one_voter(any_store, found_election, add_staff)
    desk = service.Desk("Bord 1", bente)
    about = Case(DoubtKind.OTHER_BIRTH_DATE, who, "Viser pas")
    waiting = doubting.raise_doubt(any_store, desk, poll.election, about)
    other = doubting.raise_doubt(any_store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Viser pas"))
    verdict = Verdict("Pas set", Papers(resident=True), declared=True)
    found = Verdict("Pas set", Papers(resident=True, person_id=who), declared=True)

    def act(store, number: int):
        match number % 3:
            case 0:
                return doubting.admit(store, bo, poll.election, waiting.doubt_id, verdict)
            case 1:
                return doubting.admit(store, bo, poll.election, other.doubt_id, found)
            case _:
                return service.admit(store, bente, poll.election, who, "Bord 2", declared=True)

    answers = at_once(act)
    assert sum(isinstance(answer, Admitted) for answer in answers) == 1
    assert _stands(any_store, poll) == ([1], [], 1)


def test_a_voter_whom_the_register_lacks_is_entered_once(any_store, found_election, add_staff, at_once):
    """Two cases about one stranger, decided at once by many: one row on the roll, one admission."""
    poll, bente, bo, _who = _one_voter(any_store, found_election, add_staff)
    desk = service.Desk("Bord 1", bente)
    ids = [
        doubting.raise_doubt(any_store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Viser pas")).doubt_id
        for _ in range(2)
    ]
    papers = Papers(resident=True, name="Amal Østergård", birth_date=date(1980, 2, 1))
    verdict = Verdict("Pas set", papers, declared=True)
    answers = at_once(lambda store, number: doubting.admit(store, bo, poll.election, ids[number % 2], verdict))
    assert sum(isinstance(answer, Admitted) for answer in answers) == 1
    with any_store.reading() as connection:
        entered = connection.execute(select(register_person).where(register_person.c.by_supervisor)).all()
    assert [row.roll_number for row in entered] == [2]
    assert _stands(any_store, poll) == ([1], [], 1)


def test_the_printed_roll_and_the_desks_admit_a_voter_once(any_store, found_election, add_staff, at_once):
    """Keyed in at several desks while she stands at another: one admission, and the others are told of it."""
    poll, bente, _bo, who = _one_voter(any_store, found_election, add_staff)
    sheet = keying.Sheet((1,), Channel.SLIP, 0)

    def act(store, number: int):
        if number % 2:
            return service.admit(store, bente, poll.election, who, "Bord 1", declared=True)
        desk = service.Desk(f"Bord {number}", bente)
        return keying.key_in(store, desk, poll.election, sheet, lambda left: f"{left} tilbage")

    answers = at_once(act)
    keyed = [answer for answer in answers if isinstance(answer, keying.Keyed)]
    admitted = sum(isinstance(answer, Admitted) for answer in answers) + sum(len(one.admitted) for one in keyed)
    assert admitted == 1
    assert _stands(any_store, poll) == ([1], [], 1)
