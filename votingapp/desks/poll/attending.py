"""The members of the board who are there to open or to close the poll say so, each with her own password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from votingapp.store import elections
from votingapp.store.attendance import Ceremony, confirm, present_now

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_WHEN = {
    Ceremony.OPEN: frozenset({PollState.FROZEN}),
    Ceremony.CLOSE: frozenset({PollState.OPEN, PollState.CLOSED}),
}


@dataclass(frozen=True, slots=True)
class Attended:
    """The member is there from now."""


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """The member confirmed before, and it still counts; the same person is one."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """The poll has not come to this ceremony, or has gone on from it."""


def attend(store: Store, member: Staff, election: Election, ceremony: Ceremony) -> Attended | AlreadyThere | NotNow:
    """Keep that a member of the board is there; the caller has checked her password and her appointment just now."""

    def act(work: Work) -> Attended | AlreadyThere | NotNow:
        if elections.by_id(work.connection, election.id).state not in _WHEN[ceremony]:
            return NotNow()
        here = present_now(work.connection, election.id, ceremony, work.now)
        if member.id in {one.staff_id for one in here}:
            return AlreadyThere()
        confirm(work, election.id, ceremony, member.id)
        work.record(election.id, member.login, "attended", ceremony=ceremony.value)
        return Attended()

    return store.write(act)
