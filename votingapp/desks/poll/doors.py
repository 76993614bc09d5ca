"""At closing time the doors are shut (dørene lukkes), and those who stand in line are counted: they may still vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update

from ballots.poll import PollState, may_close_doors
from votingapp.desks.poll.facts import doors_facts
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.store import admissions, doors, elections
from votingapp.store.attendance import Ceremony, present_now, written
from votingapp.store.log_words import Words
from votingapp.store.tables.elections import election as election_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class DoorsShut:
    """So many stood in line, and no more than these are admitted."""

    queue: int


@dataclass(frozen=True, slots=True)
class QueueCorrected:
    """The number in line was wrong, and is this one."""

    queue: int


@dataclass(frozen=True, slots=True)
class NotShut:
    """The doors are not shut yet, or the poll is closed: there is no line to count."""


@dataclass(frozen=True, slots=True)
class FewerThanAdmitted:
    """More than this have been admitted from the line already."""

    admitted: int


def shut_doors(
    store: Store, official: Staff, election: Election, queue: int, reason: str = ""
) -> DoorsShut | Obstructed:
    """Shut the doors with `queue` (at least 0) in line; `reason` is why before the hour that the rules state."""

    def act(work: Work) -> DoorsShut | Obstructed:
        current = elections.by_id(work.connection, election.id)
        obstacles = may_close_doors(doors_facts(work.connection, current, work.now, reason))
        if obstacles:
            return Obstructed(obstacles)
        _set(
            work.connection,
            election,
            doors_closed_at=work.now,
            queue_at_close=queue,
            number_at_doors=admissions.last_number(work.connection, election.id),
        )
        work.record(
            election.id,
            official.login,
            "doors_closed",
            queue=queue,
            present=written(present_now(work.connection, election.id, Ceremony.CLOSE, work.now)),
            before_time=reason if work.now < current.rules.election.closes_at else "",
        )
        return DoorsShut(queue)

    return store.write(act)


def correct_queue(
    store: Store, signed_by: tuple[Staff, Staff], election: Election, queue: int, reason: str
) -> QueueCorrected | NotShut | FewerThanAdmitted:
    """Put the number in line right until the poll is closed; two members of the board say why in writing."""
    official, second = signed_by

    def act(work: Work) -> QueueCorrected | NotShut | FewerThanAdmitted:
        current = elections.by_id(work.connection, election.id)
        if current.state is not PollState.OPEN or current.doors is None:
            return NotShut()
        admitted = doors.admitted_since(work.connection, current)
        if queue < admitted:
            return FewerThanAdmitted(admitted)
        _set(work.connection, election, queue_at_close=queue)
        was = current.doors.queue
        work.record(
            election.id,
            official.login,
            "queue_corrected",
            was=was,
            queue=queue,
            reason=Words(reason),
            second=second.login,
        )
        return QueueCorrected(queue)

    return store.write(act)


def _set(connection: Connection, election: Election, **values: object) -> None:
    connection.execute(update(election_table).where(election_table.c.id == election.id).values(**values))
