"""Two members open and close a poll for the tests, step by step as the pages have them do it, without printing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.slips import Movement
from votingapp.desks.poll import service
from votingapp.desks.poll.attending import attend
from votingapp.desks.poll.doors import DoorsShut, shut_doors
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.poll.zero_report import make_zero_report
from votingapp.desks.slips.explaining import explain
from votingapp.store import accounts, elections, ledger
from votingapp.store.attendance import Ceremony
from votingapp.store.ledger import Entry, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from votingapp.desks.poll.reporting import Made, Moving
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

REASON = "Prøven holdes på en anden dag end valget."


def meet(store: Store, election: Election, ceremony: Ceremony, members: Sequence[Staff]) -> None:
    """Each member confirms that she is there, if it is time for that."""
    for member in members:
        attend(store, member, election, ceremony)


def named(clock: Callable[[], datetime], *logins: str) -> list[dict[str, str]]:
    """Members who have just confirmed, as the log of a step names them."""
    return [{"login": login, "name": login.title(), "at": clock().isoformat()} for login in logins]


def open_together(store: Store, election: Election, members: Sequence[Staff]) -> service.Opened | Obstructed:
    """Meet, report the urn empty, and open it; answers what stood in the way."""
    meet(store, election, Ceremony.OPEN, members)
    reported = make_zero_report(store, members[0], election, printer=lambda _frame, _zero: b"zero report")
    if isinstance(reported, Obstructed):
        return reported
    return service.open_poll(store, members[0], election, REASON)


def close_together(
    store: Store, election: Election, members: Sequence[Staff], queue: int = 0
) -> service.Closed | Obstructed:
    """Meet, shut the doors with so many in line, and close; answers what stood in the way."""
    meet(store, election, Ceremony.CLOSE, members)
    shut = shut_doors(store, members[0], election, queue, REASON)
    return service.close_poll(store, members[0], election) if isinstance(shut, DoorsShut) else shut


def settle(store: Store, election: Election, members: Sequence[Staff]) -> None:
    """Count what lies in each box and envelope, of paper ballots too, find what should be there, and explain every other difference."""
    for paper in Paper:
        _settle(store, election, members, paper)


def _settle(store: Store, election: Election, members: Sequence[Staff], paper: Paper) -> None:
    official, second = members[:2]

    def count_boxes(work: Work) -> None:
        for box in accounts.account_of(work.connection, election, paper).boxes:
            for kind, number in ((Movement.COUNTED, max(0, box.expected)), (Movement.SPOILED, box.spoiled)):
                ledger.write(work, election.id, paper, Entry(kind, box.desk, number, official.id))
        work.record(election.id, official.login, "boxes_counted")

    store.write(count_boxes)
    with store.reading() as connection:
        standing = accounts.unexplained(connection, elections.by_id(connection, election.id), paper)
    for difference in standing:
        explain(store, election, difference, "Det er en prøve.", (official, second), paper)


def seal_together(store: Store, election: Election, members: Sequence[Staff]) -> Made | Obstructed | Moving:
    """Settle the account and seal the urn by its report, so that it may be counted."""
    settle(store, election, members)
    return make_urn_report(store, members[0], election, printer=lambda _frame, _sealed: b"urn report")
