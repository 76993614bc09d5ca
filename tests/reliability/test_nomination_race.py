"""However often and however fast a candidate presses, she has one nomination, and no text of hers is lost."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from identity import add_applicant
from sqlalchemy import event
from standing import DECLARATION, DURING, NUMBERS

from candidates.nomination import NominationState
from votingapp.desks.nomination import service
from votingapp.desks.nomination.outcomes import Received
from votingapp.store import audit, filing, nominations
from votingapp.store.filing import Contact, Submission

CLOSES = datetime(2021, 11, 16, 11, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def submission(statement: str) -> Submission:
    return Submission("Åse Ærø", None, Contact(), statement, DECLARATION)


@pytest.mark.parametrize("late", [False, True])
def test_32_presses_at_once_are_one_nomination(any_store, found_election, at_once, clock, late):
    """However often she presses, on either database, there is one nomination in one version, and every answer names it."""
    clock.move_to(CLOSES + A_SECOND if late else DURING)
    election = found_election(any_store)
    her = add_applicant(any_store, election, email="aase@eksempel.dk")
    sent = submission("Hej")
    answers = at_once(lambda store, number: service.send(store, election, her, sent, f"address {number}"))
    with any_store.reading() as connection:
        (kept,) = nominations.every(connection, election.id)
        assert audit.first_broken_link(connection, election.id) is None
        acts = [entry.act for entry in audit.entries(connection, election.id)]
    assert {answer.receipt for answer in answers} == {kept.receipt}
    assert sum(isinstance(answer, Received) for answer in answers) == 1
    assert kept.version == 1
    assert acts.count("nomination_received") == 1


@pytest.mark.parametrize("late", [False, True])
def test_whoever_waits_for_the_writer_came_when_she_came(sqlite_store, found_election, clock, late):
    """A nomination asked for in the last second is in time, however long somebody else keeps the pen; one asked for after is not."""
    store = sqlite_store
    election = found_election(store)
    her = add_applicant(store, election, email="aase@eksempel.dk")
    clock.move_to(CLOSES + (A_SECOND if late else timedelta(0)))
    waiting = Event()
    with store.engine.connect() as other:
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        event.listen(store._writing, "begin", lambda _: waiting.set(), insert=True)
        sender = Thread(target=service.send, args=(store, election, her, submission("Hej"), "address"))
        sender.start()
        assert waiting.wait(60)
        clock.advance(seconds=2)
        other.exec_driver_sql("ROLLBACK")
    sender.join()
    with store.reading() as connection:
        (kept,) = nominations.every(connection, election.id)
    assert kept.nomination.submitted_at == CLOSES + (A_SECOND if late else timedelta(0))
    assert (kept.state is NominationState.LATE) is late


def test_32_different_texts_at_once_are_versions_of_one(any_store, found_election, at_once, clock):
    """Whatever comes in at the same moment is kept in some order, each text once, and the last one stands."""
    clock.move_to(DURING)
    election = found_election(any_store)
    her = add_applicant(any_store, election, cpr=NUMBERS[0])
    at_once(lambda store, number: service.send(store, election, her, submission(f"Nr. {number}"), f"address {number}"))
    with any_store.reading() as connection:
        (kept,) = nominations.every(connection, election.id)
        versions = filing.versions(connection, kept.id)
    assert {one.statement for one in versions} == {f"Nr. {number}" for number in range(32)}
    assert kept.statement == versions[-1].statement
