"""What everybody may read of an audit (`audit.json`): all that is needed to find its end again, and no paper.

A paper with several names can be known by whoever wrote it so, and would prove a vote that was bought: only totals for
each claim are told, and only once the audit has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tally.audit.statistic import measure
from tally.paper import FEWEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from tally.audit.announcement import Announcement
    from tally.audit.outcome import AuditOutcome
    from tally.audit.readings import Progress

FORMAT = 1
METHOD = (
    "ballot polling with replacement, ALPHA (Stark 2023) with a fixed alternative, one claim for each pair as in BRAVO"
)
FORMULA = "1 + (SHA-256(DIGITS,DRAW) mod papers)"
_PLACES = 1000


def audit_document(
    outcome: AuditOutcome,
    *,
    announced: Announcement | None,
    batches: Sequence[int],
    ended: Progress | None,
    tells_of_few: bool,
) -> dict[str, Any]:
    """The audit as a JSON object.

    `announced` and `ended` are None before, or where no sample was drawn. `tells_of_few` (tally.paper_record): figures by
    claim would be those of a few known voters; then only whether each claim is confirmed is told.
    """
    return {
        "format": FORMAT,
        "planned": outcome.planned,
        "state": outcome.state,
        "papers": outcome.papers,
        "ballots": outcome.ballots,
        "doubted": outcome.doubted,
        "sample": None if announced is None else _sample(outcome, announced, batches, ended, tells_of_few=tells_of_few),
        "full_count": _full_count(outcome) if outcome.full_count else None,
        "explanation": outcome.explanation or None,
    }


def _sample(
    outcome: AuditOutcome,
    announced: Announcement,
    batches: Sequence[int],
    ended: Progress | None,
    *,
    tells_of_few: bool,
) -> dict[str, Any]:
    return {
        "method": METHOD,
        "formula": FORMULA,
        "risk_limit_per_mille": announced.risk_limit,
        "most_draws": announced.most_draws,
        "batches": list(batches),
        "digits": outcome.digits or None,
        "draws": outcome.draws,
        "figures_shown": not tells_of_few,
        "claims": list(_claims(announced, ended, tells_of_few=tells_of_few)),
    }


def _claims(announced: Announcement, ended: Progress | None, *, tells_of_few: bool) -> Iterator[dict[str, Any]]:
    counted = ended is not None and ended.draws >= FEWEST_SHOWN
    for number, claim in enumerate(announced.claims):
        found = measure(claim, announced.evidence)
        told: dict[str, Any] = {"kind": claim.kind, "candidate": claim.candidate, "other": claim.other or None}
        told["confirmed"] = ended is not None and ended.confirmed[number]
        if not tells_of_few:
            told |= {"threshold": str(found.threshold), "alternative": str(found.alternative)}
        if not tells_of_few and counted and ended is not None:
            score = ended.scores[number]
            told |= {"ones": score.ones, "halves": score.halves, "zeros": score.zeros}
            told["evidence"] = in_thousandths(found.value(score))
        yield told


def in_thousandths(value: Fraction | None) -> str | None:
    """A fraction with three places, rounded down; None for none."""
    if value is None:
        return None
    whole, rest = divmod(value.numerator * _PLACES // value.denominator, _PLACES)
    return f"{whole}.{rest:03}"


def _full_count(outcome: AuditOutcome) -> dict[str, Any]:
    return {
        "reason": outcome.reason or None,
        "unlike": outcome.unlike,
        "differences": [{"id": one.id or None, "urn": one.urn, "papers": one.papers} for one in outcome.differences]
        or None,
    }
