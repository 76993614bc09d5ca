"""Where the rules ask for it, a candidate is backed by proposers (stillere), each of whom has said so herself."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposer:
    """Somebody who has confirmed that she backs a candidate; `key` is the same for the same person.

    `eligible` is None where the register does not tell. `is_candidate` marks the one whom she backs.
    """

    key: str
    eligible: bool | None
    is_candidate: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """How many different persons count for sure, how many may, and whether that is enough (None: it may be)."""

    eligible: int
    unknown: int
    satisfied: bool | None


def weigh(proposers: Iterable[Proposer], needed: int) -> Weighed:
    """Count confirmed proposers: each person once, the candidate herself never.

    A proposer whose eligibility is unknown leaves open what she could tip. Who confirmed twice, once known and once
    unknown, is known.
    """
    others = tuple(proposer for proposer in proposers if not proposer.is_candidate)
    sure = {proposer.key for proposer in others if proposer.eligible}
    open_ = {proposer.key for proposer in others if proposer.eligible is None} - sure
    satisfied = True if len(sure) >= needed else None if len(sure) + len(open_) >= needed else False
    return Weighed(len(sure), len(open_), satisfied)
