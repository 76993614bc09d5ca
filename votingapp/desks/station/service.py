"""What is said in the course of the evening: incidents, messages to all desks, and how long the line is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.store import incidents, messages, queues
from votingapp.store.incidents import NoSuchLine, Written

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


def write_incident(store: Store, official: Staff, election: Election, written: Written) -> int | NoSuchLine:
    """Add a line to the log of incidents and answer its number."""

    def act(work: Work) -> int | NoSuchLine:
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


def send_message(store: Store, official: Staff, election: Election, text: str) -> None:
    """Say something to all desks."""

    def act(work: Work) -> None:
        messages.send(work, election.id, official.id, text)
        work.record(election.id, official.login, "message_sent", text=text)

    store.write(act)


def report_queue(store: Store, election: Election, desk: str, waiting: int) -> None:
    """Keep how many stand in line at a desk; the report before is forgotten."""
    store.write(lambda work: queues.report(work, election.id, desk, waiting))
