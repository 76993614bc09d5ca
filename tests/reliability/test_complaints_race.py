"""A complaint comes in at the very moment at which everything is to be deleted or decided: it is never passed over."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from board import seat_board

from tally.complaints import Outcome, Step, StepKind, Subject
from votingapp.desks.complaints import service
from votingapp.desks.complaints.service import Said, Written
from votingapp.store import audit, complaints
from votingapp.store.complaints import Particulars

CAME, LATER = datetime(2021, 11, 29, 9, tzinfo=UTC), datetime(2021, 12, 20, 9, tzinfo=UTC)
WORDS = Particulars("", "", "Boksen var åben.")
DAY = date(2021, 12, 14)


def identifier(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def end_for_good(store, election) -> bool:
    """What certifies or deletes does: ask in its own transaction whether a complaint is open, and write its entry."""

    def act(work):
        if complaints.any_open(work.connection, election.id):
            return False
        work.record(election.id, "test", "ended_for_good")
        return True

    return store.write(act)


def test_nothing_ends_while_a_complaint_is_open(any_store, found_election, at_once, clock):
    """Of 16 complaints and 16 endings at once, no ending stands in the log after a complaint: they saw it or came before it."""
    election = found_election(any_store)
    seated = seat_board(any_store, election)
    clock.move_to(LATER)

    def act(store, number):
        if number % 2:
            return end_for_good(store, election)
        return service.receive(
            store, seated.secretary, election, Written(identifier(number), CAME, Subject.OTHER, WORDS)
        )

    answers = at_once(act)
    with any_store.reading() as connection:
        entries = list(audit.entries(connection, election.id))
        kept = complaints.every(connection, any_store.vault, election.id)
    acts = [one.act for one in entries if one.act in {"complaint_received", "ended_for_good"}]
    first_complaint = acts.index("complaint_received")
    assert "ended_for_good" not in acts[first_complaint:]
    assert acts.count("ended_for_good") == answers[1::2].count(True)
    assert sorted(one.number for one in answers[::2]) == [one.number for one in kept] == list(range(1, 17))


def test_of_32_decisions_at_once_exactly_one_stands(any_store, found_election, at_once, clock):
    """The first that is let in decides; the others are told that something was done meanwhile."""
    election = found_election(any_store)
    seated = seat_board(any_store, election)
    clock.move_to(LATER)
    two = (seated.secretary, seated.chair)
    service.receive(any_store, seated.secretary, election, Written(identifier(0), CAME, Subject.OTHER, WORDS))
    service.take_step(any_store, two, election, identifier(0), Step(StepKind.PUT_FORWARD, DAY), Said("", "På"))
    outcomes = (Outcome.REJECTED, Outcome.NEW_ELECTION)

    def act(store, number):
        step = Step(StepKind.DECIDED, DAY, outcomes[number % 2])
        return service.take_step(store, two, election, identifier(0), step, Said("Byrådet", "Afgjort"))

    answers = at_once(act)
    winner = answers.index(service.Taken())
    assert answers.count(service.Taken()) == 1
    with any_store.reading() as connection:
        entry = json.loads(audit.last(connection, election.id, "complaint_step").details)
        (found,) = complaints.every(connection, any_store.vault, election.id)
    assert entry["outcome"] == found.steps[-1].outcome == outcomes[winner % 2]
    assert len(found.steps) == 2
