"""The turnout (fremmøde) while the evening goes on: counted in all, by desk and by channel; never by hour, and never a ballot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.paper import FEWEST_SHOWN
from votingapp.store import admissions
from votingapp.store.admissions import Channel

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
    desks: dict[str, int] = {}
    channels = dict.fromkeys(Channel, 0)
    for (desk, channel), number in admissions.count_each(connection, election_id).items():
        desks[desk] = desks.get(desk, 0) + number
        channels[channel] += number
    is_shown = min(channels.values()) >= FEWEST_SHOWN
    return Turnout(sum(desks.values()), desks, channels if is_shown else None)
