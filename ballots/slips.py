"""Every slip (stemmeseddel med QR) is accounted for: printed, with voters, exchanged, void, left over, and never linked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Movement(StrEnum):
    """What can happen to a number of slips, or of paper ballots, beside being handed to a voter who is admitted."""

    PRINTED = "printed"
    """Paper ballots that came from the printer into the board's box; slips are counted by the urn as they are made."""
    TO_DESK = "to_desk"
    """From the board's box to a desk."""
    FROM_DESK = "from_desk"
    """Back from a desk to the board's box."""
    EXCHANGED = "exchanged"
    """A voter gave it back damaged and got another one."""
    RETURNED = "returned"
    """A voter gave it back for good and leaves without voting (ubrugt tilbageleveret)."""
    VOID = "void"
    """Made unusable before a voter had it: misprinted, torn, or drawn by mistake."""
    COUNTED = "counted"
    """So many were counted as left over in the box."""
    SPOILED = "spoiled"
    """So many were counted in the envelope beside the box, where everything exchanged, returned or void is kept."""


@dataclass(frozen=True, slots=True)
class SlipAccount:
    """The account of slips (stemmeseddelregnskab) at any moment; every figure is a count of at least 0.

    `issued` are the slips with voters, one for each `admitted`; `exchanged` those given back damaged for another one,
    `void` those made unusable before a voter had them, `returned` those of the issued that were given back for good.
    `ballots` is what lies in the urn, None while that may not be known. `left_over` is what was counted in the boxes,
    None before that. ValueError for a negative count.
    """

    printed: int
    issued: int
    admitted: int
    ballots: int | None
    exchanged: int = 0
    returned: int = 0
    void: int = 0
    left_over: int | None = None

    def __post_init__(self) -> None:
        _refuse_negative(self)

    @property
    def gone(self) -> int:
        """How many slips are in no box any more: with voters, exchanged or void."""
        return self.issued + self.exchanged + self.void

    @property
    def left(self) -> int:
        """How many slips can still be handed out."""
        return max(0, self.printed - self.gone)

    @property
    def usable(self) -> int:
        """How many slips are with voters or have been cast: the most ballots there can be."""
        return self.issued - self.returned

    @property
    def not_cast(self) -> int | None:
        """How many voters drew a slip and neither cast it nor gave it back; 0 where ballots exceed slips."""
        return None if self.ballots is None else max(0, self.usable - self.ballots)


@dataclass(frozen=True, slots=True)
class DeskAccount:
    """The account of one box, a desk's or the board's own; every figure is a count of at least 0.

    `received` came from the board's box and `given_back` went there; `issued`, `exchanged` and `void` as in the whole
    account. `counted` is what was counted last in the box, None before that, and `due` what should have lain in it at that
    moment, which is negative where more was handed out than received; None for what should lie there now. `spoiled_counted`
    and `spoiled_due` are the same for the envelope beside the box. ValueError for a negative count.
    """

    desk: str
    received: int
    issued: int
    exchanged: int = 0
    void: int = 0
    given_back: int = 0
    counted: int | None = None
    due: int | None = None
    returned: int = 0
    spoiled_counted: int | None = None
    spoiled_due: int | None = None

    def __post_init__(self) -> None:
        _refuse_negative(self)

    @property
    def expected(self) -> int:
        """How many should lie in the box; negative where more was handed out than received."""
        return self.received - self.given_back - self.issued - self.exchanged - self.void

    @property
    def left_over(self) -> int | None:
        """How many are known to lie in the box: as counted, if nothing has come or gone since; none in an empty one.

        None where the box must be counted, for the first time or again.
        """
        return _known(self.counted, self.due, self.expected)

    @property
    def spoiled(self) -> int:
        """How many should lie in the envelope: whoever keeps one that she said was spoiled leaves it too light."""
        return self.exchanged + self.returned + self.void

    @property
    def is_counted(self) -> bool:
        """Whether both the box and its envelope have been counted since anything came or went."""
        envelope = _known(self.spoiled_counted, self.spoiled_due, self.spoiled)
        return self.left_over is not None and envelope is not None


class DifferenceCode(StrEnum):
    """Which sum of the account does not come out."""

    ISSUED_MORE_THAN_PRINTED = "issued_more_than_printed"
    ISSUED_NOT_AS_ADMITTED = "issued_not_as_admitted"
    MORE_BALLOTS_THAN_SLIPS = "more_ballots_than_slips"
    LEFT_OVER_NOT_AS_COUNTED = "left_over_not_as_counted"
    DESK_NOT_AS_COUNTED = "desk_not_as_counted"
    SPOILED_NOT_AS_COUNTED = "spoiled_not_as_counted"


OF_ONE_BOX = frozenset({DifferenceCode.DESK_NOT_AS_COUNTED, DifferenceCode.SPOILED_NOT_AS_COUNTED})
"""The differences that are told box by box."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference for the board to explain in writing: the figure the account demands, and the figure found.

    Where the account sets an upper limit, `expected` is that limit. `desk` names whose box it is, "" for the whole.
    """

    code: DifferenceCode
    expected: int
    found: int
    desk: str = ""


def reconcile(account: SlipAccount) -> tuple[Difference, ...]:
    """Name every difference in the account; none means it comes out.

    Slips printed are those with voters, exchanged, void and left over; one was issued for each voter admitted; ballots
    are at most the slips issued and not returned.
    """
    limits = (
        (DifferenceCode.ISSUED_MORE_THAN_PRINTED, account.printed, account.gone),
        (DifferenceCode.MORE_BALLOTS_THAN_SLIPS, account.usable, account.ballots),
    )
    sums = (
        (DifferenceCode.ISSUED_NOT_AS_ADMITTED, account.admitted, account.issued),
        (DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, account.printed - account.gone, account.left_over),
    )
    above = tuple(
        Difference(code, limit, found) for code, limit, found in limits if found is not None and found > limit
    )
    unequal = tuple(
        Difference(code, expected, found) for code, expected, found in sums if found is not None and found != expected
    )
    return above + unequal


def reconcile_desk(account: DeskAccount) -> tuple[Difference, ...]:
    """Name what a box and its envelope should have held where other figures were counted; none before they are counted."""
    counts = (
        (DifferenceCode.DESK_NOT_AS_COUNTED, account.due, account.expected, account.counted),
        (DifferenceCode.SPOILED_NOT_AS_COUNTED, account.spoiled_due, account.spoiled, account.spoiled_counted),
    )
    return tuple(
        Difference(code, now if due is None else due, counted, account.desk)
        for code, due, now, counted in counts
        if counted is not None and counted != (now if due is None else due)
    )


def reconcile_all(account: SlipAccount, boxes: Sequence[DeskAccount]) -> tuple[Difference, ...]:
    """Name every difference in the whole account and in each box; a slip missing from a box is not named twice."""
    told = tuple(difference for box in boxes for difference in reconcile_desk(box))
    missing = sum(
        difference.found - difference.expected
        for difference in told
        if difference.code is DifferenceCode.DESK_NOT_AS_COUNTED
    )
    whole = tuple(
        difference
        for difference in reconcile(account)
        if difference.code is not DifferenceCode.LEFT_OVER_NOT_AS_COUNTED
        or difference.found - difference.expected != missing
    )
    return whole + told


def left_over(boxes: Sequence[DeskAccount]) -> int | None:
    """How many are left over in all boxes; None while one of them must be counted."""
    counted = [box.left_over for box in boxes]
    known = [number for number in counted if number is not None]
    return sum(known) if len(known) == len(counted) else None


def _known(counted: int | None, due: int | None, expected: int) -> int | None:
    """What was counted, while it holds; 0 where there should be none; None where it must be counted."""
    if counted is not None and due in {None, expected}:
        return counted
    return 0 if expected == 0 else None


def _refuse_negative(account: SlipAccount | DeskAccount) -> None:
    for field in fields(account):
        count = getattr(account, field.name)
        if not field.name.endswith("due") and isinstance(count, int) and count < 0:
            raise ValueError(f"{field.name} counts slips and cannot be {count}")
