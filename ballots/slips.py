"""Every slip (stemmeseddel med QR) is accounted for: printed, handed out, given back, left over, and never linked."""

from dataclasses import dataclass, fields
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SlipAccount:
    """The account of slips (stemmeseddelregnskab) at any moment; every figure is a count of at least 0.

    `issued` counts every slip handed out, `exchanged` those given back for another one, `returned` those given
    back for good, `admitted` the voters checked in, `ballots` what lies in the urn. `left_over` is what was
    counted in the box at the close, None before that. ValueError for a negative count.
    """

    printed: int
    issued: int
    admitted: int
    ballots: int
    exchanged: int = 0
    returned: int = 0
    left_over: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            count = getattr(self, field.name)
            if count is not None and count < 0:
                raise ValueError(f"{field.name} counts slips and cannot be {count}")

    @property
    def left(self) -> int:
        """How many slips can still be handed out."""
        return max(0, self.printed - self.issued)

    @property
    def usable(self) -> int:
        """How many slips are with voters or have been cast: the most ballots there can be."""
        return self.issued - self.exchanged - self.returned

    @property
    def not_cast(self) -> int:
        """How many voters drew a slip and neither cast it nor gave it back, so far; 0 where ballots exceed slips."""
        return max(0, self.usable - self.ballots)


class DifferenceCode(StrEnum):
    """Which sum of the account does not come out."""

    ISSUED_MORE_THAN_PRINTED = "issued_more_than_printed"
    ISSUED_NOT_AS_ADMITTED = "issued_not_as_admitted"
    MORE_BALLOTS_THAN_SLIPS = "more_ballots_than_slips"
    LEFT_OVER_NOT_AS_COUNTED = "left_over_not_as_counted"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference for the board to explain in writing: the figure the account demands, and the figure found.

    Where the account sets an upper limit, `expected` is that limit.
    """

    code: DifferenceCode
    expected: int
    found: int


def reconcile(account: SlipAccount) -> tuple[Difference, ...]:
    """Name every difference in the account; none means it comes out.

    Slips issued are at most those printed; one was issued for each voter admitted and each slip exchanged;
    ballots are at most the slips neither exchanged nor returned; slips left over are those never issued.
    """
    limits = (
        (DifferenceCode.ISSUED_MORE_THAN_PRINTED, account.printed, account.issued),
        (DifferenceCode.MORE_BALLOTS_THAN_SLIPS, account.usable, account.ballots),
    )
    sums = (
        (DifferenceCode.ISSUED_NOT_AS_ADMITTED, account.admitted + account.exchanged, account.issued),
        (DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, account.printed - account.issued, account.left_over),
    )
    above = tuple(Difference(code, limit, found) for code, limit, found in limits if found > limit)
    unequal = tuple(
        Difference(code, expected, found) for code, expected, found in sums if found is not None and found != expected
    )
    return above + unequal
