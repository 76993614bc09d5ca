"""All that decides how an audit ends is announced before a die is rolled, and kept as it was announced."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.audit.assertions import Claim, ClaimKind
from tally.audit.statistic import Evidence, measure

if TYPE_CHECKING:
    from tally.audit.statistic import Measure


@dataclass(frozen=True, slots=True)
class Announcement:
    """The audit as it was announced: its limit in per mille, how many papers are drawn at most, the claims and what was known."""

    risk_limit: int
    most_draws: int
    evidence: Evidence
    claims: tuple[Claim, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """How each claim is measured, in their order."""
        return tuple(measure(claim, self.evidence) for claim in self.claims)

    @property
    def hopeless(self) -> tuple[Claim, ...]:
        """The claims that no sample can confirm: equal votes, which a lot settled, or a lead no larger than the doubt."""
        return tuple(claim for claim in self.claims if not measure(claim, self.evidence).confirmable)


def announcement_document(announced: Announcement) -> dict[str, Any]:
    """An announcement as a JSON object."""
    known = announced.evidence
    return {
        "risk_limit": announced.risk_limit,
        "most_draws": announced.most_draws,
        "papers": known.papers,
        "ballots": known.ballots,
        "doubted": known.doubted,
        "urn": dict(known.urn),
        "paper": dict(known.paper),
        "least_votes": known.least_votes,
        "claims": [[claim.kind, claim.candidate, claim.other] for claim in announced.claims],
    }


def read_announcement(text: str) -> Announcement:
    """Read what `announcement_document` wrote; ValueError for anything else."""
    told = json.loads(text)
    return Announcement(
        risk_limit=told["risk_limit"],
        most_draws=told["most_draws"],
        evidence=Evidence(
            told["papers"], told["ballots"], told["doubted"], told["urn"], told["paper"], told["least_votes"]
        ),
        claims=tuple(Claim(ClaimKind(kind), candidate, other) for kind, candidate, other in told["claims"]),
    )
