"""What the audit of the papers of the booths (kontrolsedler) came to, as the record and the certification need it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AuditState(StrEnum):
    """How far an audit has come, and what it found."""

    NOT_BEGUN = "not_begun"
    """Nothing is announced or counted yet."""
    RUNNING = "running"
    """A sample is announced and not read to its end, or two count all papers and have not agreed."""
    CONFIRMED = "confirmed"
    """The sample confirmed every claim at its risk limit."""
    SAME = "same"
    """All papers were counted, and say what the urn says but for papers that are missing or too many."""
    OTHER_VOTES = "other_votes"
    """All papers were counted, and say other votes than the urn; the seats would be the same."""
    OTHER_SEATS = "other_seats"
    """All papers were counted, and would give other seats. No seat changes by itself."""


@dataclass(frozen=True, slots=True)
class CandidateDifference:
    """The votes of one candidate, or the blank ones where `id` is "", in urn and on papers; ballots of paper are in neither."""

    id: str
    urn: int
    papers: int

    @property
    def difference(self) -> int:
        """Papers less urn."""
        return self.papers - self.urn


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """The audit of one election.

    `planned` is `by_candidate` or `sample`, as the rules say (tally.rules_after). So many `papers` lay in the box and
    `ballots` in the urn; `doubted` papers were taken for the worst. Of a sample: its `risk_limit` in per mille, the `claims`
    that carry the seats and how many are `confirmed`, the `draws` read of `most_draws`, and the `digits` of the dice ("" before
    they were rolled) with the names of the `witnesses`. `full_count`: all papers are counted by candidate, for the `reason`
    that two gave where a sample was planned. `unlike` votes on the papers are not the urn's; `differences` are () where they
    are not counted or would tell of too few. `explanation` is what the two in `signed_by` say of them.
    """

    planned: str
    state: AuditState
    papers: int
    ballots: int
    doubted: int = 0
    risk_limit: int = 0
    claims: int = 0
    confirmed: int = 0
    draws: int = 0
    most_draws: int = 0
    digits: str = ""
    witnesses: tuple[str, ...] = ()
    full_count: bool = False
    reason: str = ""
    unlike: int = 0
    differences: tuple[CandidateDifference, ...] = ()
    explanation: str = ""
    signed_by: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing of the audit stands in the way of certification: it agrees, or two have explained why not."""
        if self.state in {AuditState.CONFIRMED, AuditState.SAME}:
            return True
        return self.state in {AuditState.OTHER_VOTES, AuditState.OTHER_SEATS} and bool(self.explanation)
