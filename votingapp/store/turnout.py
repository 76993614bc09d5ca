"""The turnout (fremmøde) while the evening goes on: counted in all, by desk and by channel; never by hour, and never a ballot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from votingapp.store.admissions import Channel
from votingapp.store.tables.admissions import admission

if TYPE_CHECKING:
    from sqlalchemy import Connection

FEWEST_SHOWN = 5
"""A part of the voters smaller than this is not shown: those who were seen to take that way would be known by it."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were admitted, and at which desks: those figures stand in the account of each desk's box anyhow.

    There is no pace: how many came in the last half hour is a figure by the hour to whoever looks twice.

    `channels` says how many vote in which way, and is None while any of the ways has fewer than five: the other one and
    the sum would give it away.
    """

    admitted: int
    desks: dict[str, int]
    channels: dict[Channel, int] | None


def count(connection: Connection, election_id: str) -> Turnout:
    """Count the admissions of an election, in one go."""
    rows = connection.execute(
        select(admission.c.desk, admission.c.channel, func.count().label("number"))
        .where(admission.c.election_id == election_id)
        .group_by(admission.c.desk, admission.c.channel)
    )
    desks: dict[str, int] = {}
    channels = dict.fromkeys(Channel, 0)
    for row in rows:
        desks[row.desk] = desks.get(row.desk, 0) + row.number
        channels[Channel(row.channel)] += row.number
    is_shown = min(channels.values()) >= FEWEST_SHOWN
    return Turnout(sum(desks.values()), desks, channels if is_shown else None)
