"""The account of slips (stemmeseddelregnskab), drawn at any moment from the urn, the admissions and the ledger.

The same is drawn up for paper ballots. No figure of ballots is in it before the poll is closed (promise 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.slips import (
    DeskAccount,
    Difference,
    DifferenceCode,
    Movement,
    SlipAccount,
    left_over,
    reconcile_all,
)
from votingapp.store import admissions, explanations, ledger, paper_counts, urns
from votingapp.store.elections import urn_of
from votingapp.store.ledger import Paper

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Account:
    """The whole account, and the account of each box: the board's own first, then the desks' by name."""

    whole: SlipAccount
    boxes: tuple[DeskAccount, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference, explained or not."""
        return reconcile_all(self.whole, self.boxes)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """The names of the boxes that must be counted, with their envelopes, for the account to be whole; `BOARD` too."""
        return tuple(box.desk for box in self.boxes if not box.is_counted)


def account_of(
    connection: Connection, election: Election, paper: Paper = Paper.SLIP, *, ballots: int | None = None
) -> Account:
    """Draw up the account; `ballots` is what lies in the urn, where that is known already.

    Without it slips are compared with the ballots in the urn once the poll is closed, and never before; paper ballots with
    what two have counted by hand, once they agree. Slips issued are
    those the urn counts, so that they can be compared with the admissions; paper ballots are issued with the admission.
    """
    boxes = (
        ledger.board_box(connection, election.id, paper),
        *ledger.boxes(connection, election.id, paper),
    )
    moved = {kind: ledger.total(connection, election.id, paper, kind) for kind in _OUT}
    admitted = admissions.count_by(connection, election.id, paper.channel)
    if paper is Paper.SLIP:
        issued = urn_of(connection, election.urn_uuid).slips_issued + moved[Movement.RETURNED]
        in_urn = urns.count(connection, election.urn_uuid) if election.closed_at and ballots is None else ballots
    else:
        counted = paper_counts.BALLOTS.result_of(connection, election.id) if ballots is None else None
        issued, in_urn = admitted, ballots if counted is None else counted.ballots
    whole = SlipAccount(
        printed=ledger.printed(connection, election.id, paper),
        issued=issued,
        admitted=admitted,
        ballots=in_urn,
        exchanged=moved[Movement.EXCHANGED],
        returned=moved[Movement.RETURNED],
        void=moved[Movement.VOID],
        left_over=left_over(boxes),
    )
    return Account(whole, boxes)


def in_use(connection: Connection, election: Election) -> tuple[Paper, ...]:
    """What there is an account of: slips always; paper ballots where any were printed, handed out or counted by hand."""
    account = account_of(connection, election, Paper.BALLOT)
    whole = account.whole
    used = whole.printed or whole.admitted or whole.ballots or len(account.boxes) > 1
    return (Paper.SLIP, Paper.BALLOT) if used else (Paper.SLIP,)


def count_unexplained(connection: Connection, election: Election) -> dict[Paper, int]:
    """How many differences stand, for each paper that there is an account of."""
    return {paper: len(unexplained(connection, election, paper)) for paper in in_use(connection, election)}


def slip_account(connection: Connection, election: Election, *, ballots: int | None = None) -> SlipAccount:
    """The whole account of slips."""
    return account_of(connection, election, ballots=ballots).whole


def differences(
    connection: Connection, election: Election, paper: Paper = Paper.SLIP, *, ballots: int | None = None
) -> tuple[Difference, ...]:
    """Every difference in the account, explained or not."""
    return account_of(connection, election, paper, ballots=ballots).differences


def unexplained(
    connection: Connection, election: Election, paper: Paper = Paper.SLIP, *, ballots: int | None = None
) -> tuple[Difference, ...]:
    """The differences that stand; one whose figures have changed since it was explained is a new one."""
    explained = {one.difference for one in explanations.every(connection, election.id, paper)}
    found = differences(connection, election, paper, ballots=ballots)
    return tuple(one for one in found if one not in explained)


def flag_of(connection: Connection, election_id: str, desk: str, paper: Paper = Paper.SLIP) -> Difference | None:
    """The unexplained difference of a desk's box, to be shown at the desk itself; asked often, so drawn from two rows."""
    count = ledger.last_count(connection, election_id, paper, desk)
    if count is None or count.expected is None or count.expected == count.number:
        return None
    found = Difference(DifferenceCode.DESK_NOT_AS_COUNTED, count.expected, count.number, desk)
    return None if explanations.is_explained(connection, election_id, paper, found) else found


_OUT = (Movement.EXCHANGED, Movement.RETURNED, Movement.VOID)
"""What takes a slip out of use beside an admission. A returned one was issued, and the urn does not count it any more."""
