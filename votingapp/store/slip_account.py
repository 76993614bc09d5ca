"""The account of slips as the record tells it: which sum each difference belongs to, and who explained it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ballots.slips import OF_ONE_BOX, Difference, DifferenceCode, reconcile
from tally.record import BoxDifference, Reconciliation
from votingapp.store.ledger import BOARD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.accounts import Account
    from votingapp.store.explanations import Explanation

BOARDS_BOX = "Valgbestyrelsens kasse"

_SUMS = {
    "slips": frozenset({DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, DifferenceCode.ISSUED_MORE_THAN_PRINTED}),
    "admissions": frozenset({DifferenceCode.ISSUED_NOT_AS_ADMITTED}),
    "ballots": frozenset({DifferenceCode.MORE_BALLOTS_THAN_SLIPS}),
}
"""Which differences of the account make one of the record's sums not come out."""


def explain(sum_: Reconciliation, account: Account, given: Sequence[Explanation]) -> Reconciliation:
    """Put the words and names to a sum that does not come out.

    Where slips are missing from boxes and those differences are explained, that explains the whole.
    """
    if sum_.comes_out:
        return sum_
    codes = _SUMS.get(sum_.account, frozenset())
    standing = [one for one in reconcile(account.whole) if one.code in codes]
    boxes = [one for one in account.differences if one.code is DifferenceCode.DESK_NOT_AS_COUNTED]
    found = [one for one in given if one.difference in standing]
    if not found and sum_.account == "slips" and boxes:
        found = [one for one in given if one.difference in boxes]
        if len({one.difference for one in found}) < len(boxes):
            return sum_
    return replace(
        sum_,
        explanation=" ".join(_text(one) for one in found),
        signed_by=tuple(dict.fromkeys(name for one in found for name in one.signed_by)),
    )


def boxes(account: Account, given: Sequence[Explanation]) -> tuple[BoxDifference, ...]:
    """Every box, and every envelope beside one, that does not come out."""
    told = {one.difference: one for one in given}
    return tuple(
        _box(difference, told.get(difference)) for difference in account.differences if difference.code in OF_ONE_BOX
    )


def _text(one: Explanation) -> str:
    if one.difference.code is not DifferenceCode.DESK_NOT_AS_COUNTED:
        return one.text
    return f"{_name(one.difference)}: {one.text}"


def _name(difference: Difference) -> str:
    box = BOARDS_BOX if difference.desk == BOARD else difference.desk
    return f"{box} (kuvert)" if difference.code is DifferenceCode.SPOILED_NOT_AS_COUNTED else box


def _box(difference: Difference, explained: Explanation | None) -> BoxDifference:
    return BoxDifference(
        box=_name(difference),
        counted=difference.found,
        too_few=max(0, difference.expected - difference.found),
        too_many=max(0, difference.found - difference.expected),
        explanation="" if explained is None else explained.text,
        signed_by=() if explained is None else explained.signed_by,
    )
