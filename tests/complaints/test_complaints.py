"""A complaint is entered once, in time or late, sealed, taken from step to step by one or two, and told in figures only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tally.complaints import Caution, Obstacle, Outcome, Remedy, State, Step, StepKind, Subject
from votingapp.desks.complaints import service
from votingapp.desks.complaints.service import Said, Written
from votingapp.desks.secretariat.calling_off import service as calling_off
from votingapp.store import audit, complaints, seats
from votingapp.store.complaints import Numbers, Particulars
from votingapp.store.seats import Tenure
from votingapp.store.tables.complaints import complaint, complaint_step
from votingapp.store.tables.looks import look

PAGE = "/koege-2021/secretariat/complaints"
LAST_SECOND = datetime(2021, 11, 30, 22, 59, 59, tzinfo=UTC)  # 23.59.59 in Copenhagen
LATER = datetime(2021, 12, 20, 9, tzinfo=UTC)
SECRETS = Particulars("Åse Łuczak", "Skjulte Vej 7", "Min søn fik ikke lov at stemme.", "")
SAID = Said("Byrådet", "Der er ikke sket fejl.")
IDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(9)]


@pytest.fixture
def seated(any_store, board, clock):
    """A board and a secretary three weeks after the election, on each database."""
    made = board(any_store)
    clock.move_to(LATER)
    return made


def receive(seated, number=0, at=LAST_SECOND, particulars=SECRETS, subject=Subject.ROLL):
    written = Written(IDS[number], at, subject, particulars)
    return service.receive(seated.store, seated.secretary, seated.election, written)


def take(seated, kind, day=date(2021, 12, 14), number=0, said=SAID, **decided):
    two = (seated.secretary, seated.chair)
    return service.take_step(seated.store, two, seated.election, IDS[number], Step(kind, day, **decided), said)


def see(seated, number=0):
    return service.see(seated.store, seated.secretary, seated.election, IDS[number]).complaint


def is_any_open(seated):
    with seated.store.reading() as connection:
        return complaints.any_open(connection, seated.election.id)


def numbers(seated):
    with seated.store.reading() as connection:
        return complaints.numbers(connection, seated.election.id)


def test_the_last_second_is_in_time_and_the_next_needs_a_reason(seated, clock):
    """23.59.59 is in, 00.00.00 is late, whenever it is entered; what came after now is refused; two of one person are two."""
    assert not is_any_open(seated)
    assert receive(seated) == service.Received(1)
    late = LAST_SECOND + timedelta(seconds=1)
    assert receive(seated, 1, late) == service.Late()
    explained = Particulars("Åse Łuczak", "", "Og min datter.", "Hun lå syg.")
    assert receive(seated, 1, late, explained) == service.Received(2)
    assert receive(seated, 2, clock.now + timedelta(seconds=1)) == service.NotCome()
    before_the_election = datetime(2021, 11, 22, 9, tzinfo=UTC)
    assert receive(seated, 3, before_the_election, Particulars("", "", "Sedlen er forkert.")) == service.Received(3)
    assert [see(seated, number).in_time for number in (0, 1, 3)] == [True, False, True]
    assert see(seated, 1).particulars == explained
    assert numbers(seated) == Numbers(received=3, late=1, open=3)


def test_a_complaint_sent_twice_is_one(seated):
    """The form is sent again when the line breaks: the same number, and one entry in the log."""
    assert receive(seated) == receive(seated) == service.Received(1)
    with seated.store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, seated.election.id)]
    assert acts.count("complaint_received") == 1


def test_who_complains_and_of_what_is_sealed_and_never_logged(seated):
    """Neither the rows nor the log hold a name, an address or a word of hers; each look at her is written down."""
    receive(seated)
    take(seated, StepKind.PUT_FORWARD, said=Said("", "Sagt til Åse Łuczak"))
    see(seated)
    with seated.store.reading() as connection:
        rows = [*connection.execute(select(complaint)), *connection.execute(select(complaint_step))]
        entries = [one.details for one in audit.entries(connection, seated.election.id)]
        seen = [row.what for row in connection.execute(select(look))]
    kept = repr(rows) + "".join(entries)
    for secret in ("Łuczak", "Skjulte", "Min søn", "\\u0141uczak"):
        assert secret not in kept
    assert "complaint" in seen
    logged = json.loads(entries[-1])
    assert (logged["complaint"], logged["step"], logged["second"]) == (1, "put_forward", seated.chair.login)


def test_a_rejected_complaint_is_closed_and_may_be_appealed(seated):
    """Put forward, decided at a meeting after the deadline, closed; brought before the ministry it is open again."""
    receive(seated)
    day = date(2021, 12, 7)
    assert take(seated, StepKind.DECIDED, day, outcome=Outcome.REJECTED) == service.Hindered((Obstacle.WRONG_ORDER,))
    assert take(seated, StepKind.ACKNOWLEDGED, day) == service.Taken()
    assert take(seated, StepKind.PUT_FORWARD, day) == service.Taken()
    assert is_any_open(seated)
    assert take(seated, StepKind.DECIDED, outcome=Outcome.REJECTED) == service.Taken()
    assert not is_any_open(seated)
    assert numbers(seated) == Numbers(received=1, rejected=1)
    with seated.store.reading() as connection:
        assert complaints.appeals_end(connection, seated.election.id, 14) == date(2021, 12, 28)
    assert take(seated, StepKind.APPEALED, date(2021, 12, 20)) == service.Taken()
    assert is_any_open(seated)
    found = see(seated)
    assert (found.state, len(found.kept)) == (State.APPEALED, 4)
    assert found.kept[2].officials == (seated.secretary.name, seated.chair.name)
    assert found.kept[2].words == SAID.words


def test_a_decision_before_the_deadline_is_entered_only_by_who_has_seen_it(seated):
    """The meeting was on the last day for complaining: the first press is answered with why that is unusual."""
    receive(seated, at=datetime(2021, 11, 25, 9, tzinfo=UTC))
    early = date(2021, 11, 30)
    take(seated, StepKind.PUT_FORWARD, early)
    answer = take(seated, StepKind.DECIDED, early, outcome=Outcome.REJECTED)
    assert answer == service.Cautioned((Caution.BEFORE_DEADLINE,))
    assert is_any_open(seated)
    seen = Said("Byrådet", "Afgjort på mødet.", cautions_seen=True)
    assert take(seated, StepKind.DECIDED, early, said=seen, outcome=Outcome.REJECTED) == service.Taken()
    with seated.store.reading() as connection:
        logged = json.loads(audit.last(connection, seated.election.id, "complaint_step").details)
    assert logged["cautions"] == ["before_deadline"]


def test_a_new_election_is_carried_out_by_an_annulment(seated):
    """Decided, the complaint stays open until the election is annulled; a corrected one asks for a new version first."""
    for number in (0, 1):
        receive(seated, number)
        take(seated, StepKind.PUT_FORWARD, number=number)
    take(seated, StepKind.DECIDED, outcome=Outcome.NEW_ELECTION)
    take(seated, StepKind.DECIDED, number=1, outcome=Outcome.CORRECTED, remedy=Remedy.RECORD)
    assert take(seated, StepKind.CARRIED_OUT) == service.Hindered((Obstacle.NOT_ANNULLED,))
    assert take(seated, StepKind.CARRIED_OUT, number=1) == service.Hindered((Obstacle.NO_NEW_VERSION,))
    with seated.store.reading() as connection:
        asked = complaints.asked(connection, seated.election.id)
    assert sorted(one.outcome for one in asked) == ["corrected", "new_election"]
    said = calling_off.Said("Byrådet", date(2021, 12, 14), "En klage fik medhold.")
    calling_off.annul(seated.store, (seated.secretary, seated.chair), seated.election, said)
    assert take(seated, StepKind.CARRIED_OUT) == service.Taken()
    assert numbers(seated) == Numbers(received=2, open=1, new_election=1)


def test_whose_election_is_set_aside_is_told_by_her_number_on_the_ballot(seated, monkeypatch):
    """Her substitute enters (KRVL § 96): the council and the register of members ask for c2, and for nobody by name."""
    receive(seated)
    take(seated, StepKind.PUT_FORWARD)
    take(seated, StepKind.DECIDED, outcome=Outcome.CORRECTED, remedy=Remedy.SUBSTITUTE, candidate="c2")
    with seated.store.reading() as connection:
        assert complaints.set_aside(connection, seated.election.id) == ("c2",)
    sits = Tenure("t", "s", "c2", "Bo", date(2022, 1, 1), None)
    for time, done in (
        (sits, service.Hindered((Obstacle.STILL_SITS,))),
        (replace(sits, until_on=date(2022, 3, 1)), service.Taken()),
    ):
        monkeypatch.setattr(seats, "tenures", lambda _connection, _election_id, one=time: (one,))
        assert take(seated, StepKind.CARRIED_OUT) == done
    assert not is_any_open(seated)


def test_nobody_decides_alone_and_no_complaint_is_found_at_another_election(seated, found_election):
    """One official signs no decision; an id of one election leads nowhere at another."""
    receive(seated)
    alone = (seated.secretary, seated.secretary)
    step = Step(StepKind.WITHDRAWN, date(2021, 12, 14))
    with pytest.raises(ValueError, match="by two"):
        service.take_step(seated.store, alone, seated.election, IDS[0], step, SAID)
    other = found_election(seated.store, "anden-kommune")
    assert service.see(seated.store, seated.secretary, other, IDS[0]) is None
    assert (
        service.take_step(seated.store, (seated.secretary, seated.chair), other, IDS[0], step, SAID) == service.Gone()
    )
