"""While there is still time to do something about it, the secretariat sees whether too few or too many come forward."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candidates.clauses import COPENHAGEN
from candidates.nomination import NominationState, is_within
from tally.uncontested import has_seat_for_each
from votingapp.desks.secretariat.decisions.findings import needing_a_line
from votingapp.store import nominations, post
from votingapp.store.post import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed

_WAITING = frozenset({NominationState.SUBMITTED, NominationState.RETURNED})


class Demand(StrEnum):
    """How those who stand, the waiting among them, compare with the seats they can take."""

    FEWER = "fewer"
    AS_MANY = "as_many"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class GroupOutlook:
    """Seats kept for one group, and its candidates."""

    group: str
    seats: int
    accepted: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many stand and wait for how many seats; `demand` is what a vote would find if all who wait are accepted.

    `days_left` counts the days of the Copenhagen calendar to the deadline, 0 on its day, None when it is over.
    `names_alike` are candidates who still need a line of their own, `unsent` the letters of the whole house that wait,
    `undelivered` the nominations whose candidates a letter could not reach by e-mail.
    """

    seats: int
    accepted: int
    waiting: int
    groups: tuple[GroupOutlook, ...]
    demand: Demand
    days_left: int | None
    names_alike: int
    unsent: int
    undelivered: tuple[Filed, ...]


def outlook(connection: Connection, election: Election, now: datetime) -> Outlook:
    """How it looks now."""
    every = nominations.every(connection, election.id)
    accepted = tuple(one for one in every if one.state is NominationState.ACCEPTED)
    waiting = tuple(one for one in every if one.state in _WAITING)
    unreached = post.undelivered(connection, election.id, Kind.RECEIPT, Kind.NOTICE)
    seats = election.rules.seats
    return Outlook(
        seats=seats.total,
        accepted=len(accepted),
        waiting=len(waiting),
        groups=tuple(
            GroupOutlook(row.group, row.seats, _of(row.group, accepted), _of(row.group, waiting))
            for row in seats.reserved
        ),
        demand=_demand(election, accepted + waiting),
        days_left=_days_left(election.rules.nomination.closes, now),
        names_alike=len(needing_a_line(every)),
        unsent=post.count_waiting(connection),
        undelivered=tuple(one for one in every if one.id in unreached),
    )


def _of(group: str, filed: Sequence[Filed]) -> int:
    return sum(one.group == group for one in filed)


def _demand(election: Election, standing: Sequence[Filed]) -> Demand:
    if not has_seat_for_each(election.rules.counting, (one.group for one in standing)):
        return Demand.MORE
    return Demand.AS_MANY if len(standing) == election.rules.seats.total else Demand.FEWER


def _days_left(closes: datetime, now: datetime) -> int | None:
    if not is_within(now, closes):
        return None
    return (closes.astimezone(COPENHAGEN).date() - now.astimezone(COPENHAGEN).date()).days
