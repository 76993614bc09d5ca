"""Before anyone votes, it is settled how many votes each has, how the ballot is ordered and who is admitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from candidates.clauses import Clause

BallotOrder = Literal["alphabetical", "lot"]
Roll = Literal["closed", "open"]


@dataclass(frozen=True, slots=True)
class BallotRules:
    """Section [ballot]: at most `votes_per_voter` (>= 1) names a ballot, whether it may be `blank`, its `order`."""

    votes_per_voter: int
    blank: bool
    order: BallotOrder


@dataclass(frozen=True, slots=True)
class AdmissionRules:
    """Section [admission]: a "closed" roll (valgliste) admits those on it; an "open" one also those who declare."""

    roll: Roll


def read_ballot(clause: Clause) -> BallotRules:
    """Read [ballot]; where the rules are silent a blank ballot is allowed and the order is alphabetical."""
    clause.allow_only(*BallotRules.__dataclass_fields__)
    order = clause.choice("order", ("alphabetical", "lot")) if clause.has("order") else "alphabetical"
    return BallotRules(
        votes_per_voter=clause.whole("votes_per_voter", least=1),
        blank=clause.truth("blank") if clause.has("blank") else True,
        order=cast("BallotOrder", order),
    )


def read_admission(clause: Clause) -> AdmissionRules:
    """Read [admission]."""
    clause.allow_only(*AdmissionRules.__dataclass_fields__)
    return AdmissionRules(roll=cast("Roll", clause.choice("roll", ("closed", "open"))))
