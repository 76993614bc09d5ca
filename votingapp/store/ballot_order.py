"""In which order the accepted candidates stand on the ballot: by the alphabet, or as a confirmed lot has drawn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.ballot_order import order_ballot
from votingapp.store import decisions, nominations

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from candidates.ballot_order import BallotEntry, MustDistinguish
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """The rules order the ballot by lot, and no lot has been drawn and confirmed."""


def seed_of(connection: Connection, election: Election) -> str | NotDrawn:
    """The confirmed seed of the lot; "" where the alphabet orders the ballot and none is needed."""
    if election.rules.ballot.order == "alphabetical":
        return ""
    lot = decisions.lot_of(connection, election.id)
    return lot.seed if lot is not None and lot.seed else NotDrawn()


def ballot_order(connection: Connection, election: Election) -> tuple[BallotEntry, ...] | MustDistinguish | NotDrawn:
    """The order the ballot has if it is fixed now, or what is missing for one."""
    seed = seed_of(connection, election)
    if isinstance(seed, NotDrawn):
        return seed
    entries = tuple(filed.entry for filed in nominations.accepted(connection, election.id))
    return order_ballot(entries, election.rules.ballot.order, seed)
