"""The polling station of a rehearsal: the board supplies the desks, opens, shuts the doors, closes and settles the account."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from ballots.slips import Movement
from votingapp.demo.outcomes import expect
from votingapp.desks.poll import service as poll
from votingapp.desks.poll.attending import Attended, attend
from votingapp.desks.poll.doors import DoorsShut, shut_doors
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.poll.zero_report import make_zero_report
from votingapp.desks.slips import supply as supplying
from votingapp.store import accounts
from votingapp.store.attendance import Ceremony

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

DESKS: Final = ("Bord 1", "Bord 2")
SPARE_AT_A_DESK: Final = 1

_EARLY: Final = "Øvelse: afstemningen åbnes, så snart alt er gjort klar."
_OTHERS: Final = "Observatør Tove Aagaard"


def supply(store: Store, officials: Sequence[Staff], election: Election, voters: int) -> None:
    """Carry to each desk as many slips as voters will come there, and one to spare."""
    for place, desk in enumerate(DESKS):
        number = len(range(place, voters, len(DESKS))) + SPARE_AT_A_DESK
        expect(supplying.supply(store, election, _signed(officials), Movement.TO_DESK, desk, number), supplying.Written)


def open_poll(store: Store, members: Sequence[Staff], election: Election) -> None:
    """Two members meet, report the urn empty, and open the poll."""
    _meet(store, members, election, Ceremony.OPEN)
    expect(make_zero_report(store, members[0], election, _OTHERS), Made)
    early = store.clock() < election.rules.election.opens_at
    expect(poll.open_poll(store, members[0], election, _EARLY if early else ""), poll.Opened)


def close_poll(store: Store, members: Sequence[Staff], election: Election) -> int:
    """The two shut the doors behind the last voter, close the poll, count what is left over and seal the urn.

    Answers how many ballots are in it.
    """
    ballots = shut_and_count(store, members, election)
    seal(store, members, election)
    return ballots


def shut_and_count(store: Store, members: Sequence[Staff], election: Election) -> int:
    """Shut the doors, close the poll and count what is left over; answers how many ballots are in the urn."""
    _meet(store, members, election, Ceremony.CLOSE)
    expect(shut_doors(store, members[0], election, queue=0), DoorsShut)
    closed = expect(poll.close_poll(store, members[0], election), poll.Closed)
    with store.reading() as connection:
        boxes = accounts.account_of(connection, election).boxes
    for box in boxes:
        counted = supplying.count(store, election, _signed(members), box.desk, box.expected, box.spoiled)
        expect(counted, supplying.Written)
    return closed.ballots


def seal(store: Store, members: Sequence[Staff], election: Election) -> None:
    """Seal the urn by its report."""
    expect(make_urn_report(store, members[0], election, _OTHERS), Made)


def _meet(store: Store, members: Sequence[Staff], election: Election, ceremony: Ceremony) -> None:
    for member in members[:2]:
        expect(attend(store, member, election, ceremony), Attended)


def _signed(officials: Sequence[Staff]) -> supplying.Signed:
    official, second = officials[:2]
    return supplying.Signed(official, str(uuid.uuid4()), second)
