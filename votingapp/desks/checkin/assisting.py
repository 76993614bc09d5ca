"""A voter was helped: one press counts it by kind, and nothing is kept of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from votingapp.store import assistance, desk_facts

if TYPE_CHECKING:
    from votingapp.desks.checkin.service import Desk
    from votingapp.store.assistance import Assistance
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Counted:
    """It is counted, or a mistake is taken back."""

    kind: Assistance


@dataclass(frozen=True, slots=True)
class NotCounted:
    """The poll is not open, or there is none to take back."""


def count(
    store: Store, desk: Desk, election: Election, kind: Assistance, press: str | None = None
) -> Counted | NotCounted:
    """Count one more voter who was helped in this way, once for each `press`, which is the id of the form that was sent."""

    def act(work: Work) -> Counted | NotCounted:
        if assistance.has_counted(work.connection, press):
            return Counted(kind)
        if not _is_open(work, election):
            return NotCounted()
        assistance.count_up(work, election.id, kind, press)
        work.record(election.id, desk.official.login, "assistance_counted", desk=desk.name, kind=kind.value)
        return Counted(kind)

    return store.write(act)


def correct(
    store: Store, desk: Desk, election: Election, kind: Assistance, press: str | None = None
) -> Counted | NotCounted:
    """Take back one that was counted by mistake, once for each `press`; that it was counted stays in the log."""

    def act(work: Work) -> Counted | NotCounted:
        if assistance.has_counted(work.connection, press):
            return Counted(kind)
        if not _is_open(work, election) or not assistance.count_down(work, election.id, kind, press):
            return NotCounted()
        work.record(election.id, desk.official.login, "assistance_corrected", desk=desk.name, kind=kind.value)
        return Counted(kind)

    return store.write(act)


def _is_open(work: Work, election: Election) -> bool:
    return desk_facts.read(work.connection, election).poll is PollState.OPEN
