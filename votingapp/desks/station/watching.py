"""What the board sees while the poll is open: people at the desks, papers left, devices and cases; never a number of ballots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from votingapp.store import accounts, devices, doubts, incidents, ledger, messages, paper_counts, queues, turnout
from votingapp.store.devices import Device, Kind
from votingapp.store.ledger import Paper

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.incidents import Line
    from votingapp.store.messages import Message
    from votingapp.store.queues import Queue
    from votingapp.store.turnout import Turnout
    from votingapp.store.unit_of_work import Store

OLD_REPORT = timedelta(minutes=15)
"""A queue that was reported so long ago may be another one by now."""

NEWEST_INCIDENTS = 5
FEW_SLIPS = 10


@dataclass(frozen=True, slots=True)
class DeskSeen:
    """One desk: how many it admitted, its last report of the line, what is left in its boxes, and its device.

    `slips` and `ballots` are what the account says should be left; None where the desk was never given any. `ballots` is
    None, too, while no figures by channel are shown (`Turnout`), for who knows what the desk was given knows how many are
    out. `device` is None for a desk whose device was revoked, or that has only been named in the account.
    """

    name: str
    admitted: int
    queue: Queue | None
    slips: int | None
    ballots: int | None
    device: Device | None
    is_silent: bool

    @property
    def has_few_slips(self) -> bool:
        """Whether the board should bring more."""
        return self.slips is not None and self.slips < FEW_SLIPS


@dataclass(frozen=True, slots=True)
class Evening:
    """Everything on the board's page but the machine. `silent` are the devices, desks and booths, that nobody has heard of.

    `unexplained` says how many differences stand in the account of slips, and of paper ballots where there are any;
    `few_on_paper` that so few vote on paper that their votes are no secret.
    """

    at: datetime
    turnout: Turnout
    desks: tuple[DeskSeen, ...]
    booths: int
    silent: tuple[Device, ...]
    doubts: int
    unexplained: dict[Paper, int]
    few_on_paper: bool
    incidents: tuple[Line, ...]
    message: Message | None


def look_over(store: Store, election: Election) -> Evening:
    """Read what the board's page shows; reads only, so that no desk waits for it."""
    now = store.clock()
    with store.reading() as connection:
        known = tuple(one for one in devices.every(connection, election.id) if one.is_live)
        counted = turnout.count(connection, election.id)
        return Evening(
            at=now,
            turnout=counted,
            desks=_desks(connection, election, counted, known, now),
            booths=sum(one.kind is Kind.BOOTH for one in known),
            silent=tuple(one for one in known if one.is_silent(now)),
            doubts=doubts.count_waiting(connection, election.id),
            unexplained=accounts.count_unexplained(connection, election),
            few_on_paper=paper_counts.are_few(connection, election.id),
            incidents=incidents.newest(connection, election.id, NEWEST_INCIDENTS),
            message=messages.latest(connection, election.id),
        )


def _desks(
    connection: Connection, election: Election, counted: Turnout, known: tuple[Device, ...], now: datetime
) -> tuple[DeskSeen, ...]:
    held = {
        paper: {box.desk: box.expected for box in ledger.boxes(connection, election.id, paper) if box.received}
        for paper in Paper
    }
    lines = {queue.desk: queue for queue in queues.every(connection, election.id)}
    here = {one.name: one for one in known if one.kind is Kind.DESK}
    names = {*here, *lines, *counted.desks, *held[Paper.SLIP], *held[Paper.BALLOT]}
    return tuple(
        DeskSeen(
            name=name,
            admitted=counted.desks.get(name, 0),
            queue=lines.get(name),
            slips=held[Paper.SLIP].get(name),
            ballots=held[Paper.BALLOT].get(name) if counted.channels else None,
            device=here.get(name),
            is_silent=name in here and here[name].is_silent(now),
        )
        for name in sorted(names)
    )
