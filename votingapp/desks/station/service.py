"""What is said in the course of the evening: incidents, messages to all desks, and how long the line is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from votingapp.store import elections, incidents, messages, queues, settled
from votingapp.store.incidents import BOARD, NoSuchLine, Written
from votingapp.store.log_words import Words
from votingapp.store.settled import RecordStands

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class BoardOnly:
    """The poll is closed: what is written now is read at once by whoever counts, and is the board's to write."""


def write_incident(
    store: Store, official: Staff, election: Election, written: Written
) -> int | NoSuchLine | BoardOnly | RecordStands:
    """Add a line to the log of incidents, once for each form, and answer its number."""

    def act(work: Work) -> int | NoSuchLine | BoardOnly | RecordStands:
        before = incidents.number_of(work.connection, election.id, written.id)
        if before is not None:
            return before
        ended = what_ended(work.connection, election, written.desk)
        if ended is not None:
            return ended
        number = incidents.write(work, election.id, official.id, written)
        if not isinstance(number, NoSuchLine):
            work.record(
                election.id,
                official.login,
                "incident_written",
                number=number,
                desk=written.desk,
                text=written.text,
                corrects=written.corrects,
            )
        return number

    return store.write(act)


def what_ended(connection: Connection, election: Election, desk: str) -> BoardOnly | RecordStands | None:
    """What keeps a desk, or the board, from writing a line now; None where nothing does."""
    current = elections.by_id(connection, election.id)
    if current.state is not PollState.CLOSED:
        return None
    if settled.is_drawn_up(connection, current):
        return RecordStands()
    return None if desk == BOARD else BoardOnly()


def send_message(store: Store, official: Staff, election: Election, text: str) -> None:
    """Say something to all desks."""

    def act(work: Work) -> None:
        messages.send(work, election.id, official.id, text)
        work.record(election.id, official.login, "message_sent", text=Words(text))

    store.write(act)


def report_queue(store: Store, election: Election, desk: str, waiting: int) -> None:
    """Keep how many stand in line at a desk; the report before is forgotten."""
    store.write(lambda work: queues.report(work, election.id, desk, waiting))
