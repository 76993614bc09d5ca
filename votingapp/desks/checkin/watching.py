"""Every desk page asks every two seconds how things stand, and says at once when it gets no answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import doubts, messages

if TYPE_CHECKING:
    from ballots.poll import PollState
    from votingapp.desks.checkin.service import Desk
    from votingapp.store.elections import Election
    from votingapp.store.messages import Message
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """What a desk page shows without being asked: the poll and its doors, the newest message, and its answered cases."""

    poll: PollState
    doors_shut: bool
    message: Message | None
    answered: tuple[str, ...]


def read_standing(store: Store, desk: Desk, election: Election) -> Standing:
    """How things stand now; `election` was read for this very request."""
    with store.reading() as connection:
        return Standing(
            poll=election.state,
            doors_shut=election.doors is not None,
            message=messages.latest(connection, election.id),
            answered=doubts.answered(connection, election.id, desk.name),
        )
