"""The accounts of slips and paper ballots as the record tells them: which sum a difference belongs to, and who explained it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ballots.slips import OF_ONE_BOX, Difference, DifferenceCode, reconcile
from tally.record import BoxDifference, Reconciliation
from votingapp.store.ledger import BOARD, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.accounts import Account
    from votingapp.store.explanations import Explanation

BOARDS_BOX = "Valgbestyrelsens kasse"

_BETWEEN = " · "
"""Stands between explanations, so that figures at the end of one and the beginning of the next are never read as one number."""

_SUMS = {
    "slips": frozenset({DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, DifferenceCode.ISSUED_MORE_THAN_PRINTED}),
    "admissions": frozenset({DifferenceCode.ISSUED_NOT_AS_ADMITTED}),
    "ballots": frozenset({DifferenceCode.MORE_BALLOTS_THAN_SLIPS}),
    "paper": frozenset({DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, DifferenceCode.ISSUED_MORE_THAN_PRINTED}),
    "paper_ballots": frozenset({DifferenceCode.MORE_BALLOTS_THAN_SLIPS}),
}
"""Which differences of an account make one of the record's sums not come out."""

_OF_THE_BOXES = frozenset({"slips", "paper"})
"""The sums in which a box that is short is short, too."""


def paper_of(sum_: Reconciliation) -> Paper:
    """Which account a sum of the record belongs to."""
    return Paper.BALLOT if sum_.account.startswith("paper") else Paper.SLIP


def explain(sum_: Reconciliation, account: Account, given: Sequence[Explanation]) -> Reconciliation:
    """Put the words and names to a sum that does not come out.

    Where slips or ballots are missing from boxes and those differences are explained, that explains the whole.
    """
    if sum_.comes_out:
        return sum_
    codes = _SUMS.get(sum_.account, frozenset())
    standing = [one for one in reconcile(account.whole) if one.code in codes]
    boxes = [one for one in account.differences if one.code is DifferenceCode.DESK_NOT_AS_COUNTED]
    found = [one for one in given if one.difference in standing]
    if not found and sum_.account in _OF_THE_BOXES and boxes:
        found = [one for one in given if one.difference in boxes]
        if len({one.difference for one in found}) < len(boxes):
            return sum_
    return replace(
        sum_,
        explanation=_BETWEEN.join(_text(one) for one in found),
        signed_by=tuple(dict.fromkeys(name for one in found for name in one.signed_by)),
    )


def boxes(account: Account, given: Sequence[Explanation], paper: Paper = Paper.SLIP) -> tuple[BoxDifference, ...]:
    """Every box of one account, and every envelope beside one, that does not come out."""
    told = {one.difference: one for one in given}
    return tuple(
        _box(difference, told.get(difference), paper)
        for difference in account.differences
        if difference.code in OF_ONE_BOX
    )


def _text(one: Explanation) -> str:
    if one.difference.code is not DifferenceCode.DESK_NOT_AS_COUNTED:
        return one.text
    return f"{_name(one.difference)}: {one.text}"


def _name(difference: Difference) -> str:
    box = BOARDS_BOX if difference.desk == BOARD else difference.desk
    return f"{box} (kuvert)" if difference.code is DifferenceCode.SPOILED_NOT_AS_COUNTED else box


def _box(difference: Difference, explained: Explanation | None, paper: Paper) -> BoxDifference:
    return BoxDifference(
        box=_name(difference),
        counted=difference.found,
        too_few=max(0, difference.expected - difference.found),
        too_many=max(0, difference.found - difference.expected),
        explanation="" if explained is None else explained.text,
        signed_by=() if explained is None else explained.signed_by,
        holds=paper.value,
    )
