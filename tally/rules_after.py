"""What the rule set says of the time after the vote: complaints, audit of the papers, the whole council, who follows whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from candidates.clauses import Clause

LONGEST_PERIOD = 366
"""Days; a deadline of more than a year is a misprint."""

LEAST_MEMBERS = 7
"""So many members an integrationsråd has at least (integrationsloven § 42, subsection 3)."""

_MOST_SEATS = 1000
_DEPOSITS = ("before_cast", "after_cast")
_COUNTED = ("number", "by_candidate", "sample")
_RISK_LIMITS = {"least": 10, "most": 200}
_FILLED_BY = ("appointed", "byraad")
_DECLINED = ("struck", "stays")


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """Section [complaints]: whole `days` after election day within which a complaint (valgklage) is in time.

    `appeal_days` are those in which a decision on a complaint may be brought before another authority; 0 where none are known.
    """

    days: int
    appeal_days: int = 0


@dataclass(frozen=True, slots=True)
class AuditRules:
    """Section [audit], which may be left out: with `paper_record` each booth prints the vote as well (kontrolseddel).

    The voter reads it and drops it into a box of its own, `deposit` says whether before or after she casts. After the close
    the papers are `counted` by number alone, or by candidate too, or by number with a sample (stikprøve) drawn once the result
    is known; `risk_limit` is then its limit in per mille, and 0 else. Without `paper_record` the others say nothing.
    """

    paper_record: bool = False
    deposit: Literal["before_cast", "after_cast"] = "before_cast"
    counted: Literal["number", "by_candidate", "sample"] = "number"
    risk_limit: int = 0


@dataclass(frozen=True, slots=True)
class CouncilCategory:
    """One [[council.categories]]: `seats` (>= 1) that are not elected, `filled_by` appointment or by the byråd's own member."""

    name: str
    seats: int
    filled_by: Literal["appointed", "byraad"]


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """Section [council], which may be left out: how the council is composed beside those who are elected.

    `total_max` is the most members it may have and `least` the fewest; None where the rules name no most.
    """

    total_max: int | None = None
    least: int = LEAST_MEMBERS
    categories: tuple[CouncilCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class SuccessionRules:
    """Section [succession], which may be left out: who declines is `struck` from the list for the term, or `stays` on it.

    So many unexplained `absences` end a membership; 0 means that none do.
    """

    declined: Literal["struck", "stays"] = "struck"
    absences: int = 2


def read_complaints(clause: Clause) -> ComplaintRules:
    """Read [complaints]; `appeal_days` is 0 where not said."""
    clause.allow_only(*ComplaintRules.__dataclass_fields__)
    appeal = clause.whole("appeal_days", least=0, most=LONGEST_PERIOD) if clause.has("appeal_days") else 0
    return ComplaintRules(days=clause.whole("days", least=1, most=LONGEST_PERIOD), appeal_days=appeal)


def read_audit(clause: Clause | None) -> AuditRules:
    """Read [audit]; `deposit` must be said where paper is printed, and `risk_limit` where a sample is drawn."""
    if clause is None:
        return AuditRules()
    clause.allow_only(*AuditRules.__dataclass_fields__)
    paper_record = clause.truth("paper_record")
    deposit = clause.choice("deposit", _DEPOSITS) if paper_record or clause.has("deposit") else _DEPOSITS[0]
    counted = clause.choice("counted", _COUNTED) if clause.has("counted") else _COUNTED[0]
    if clause.has("risk_limit") and counted != "sample":
        raise clause.refuse("risk_limit", 'says nothing where counted is not "sample"')
    return AuditRules(
        paper_record=paper_record,
        deposit=cast('Literal["before_cast", "after_cast"]', deposit),
        counted=cast('Literal["number", "by_candidate", "sample"]', counted),
        risk_limit=clause.whole("risk_limit", **_RISK_LIMITS) if counted == "sample" else 0,
    )


def read_council(clause: Clause | None, *, elected: int) -> CouncilRules:
    """Read [council]; the `elected` seats and those of all categories together must fit under `total_max`."""
    if clause is None:
        return CouncilRules()
    clause.allow_only(*CouncilRules.__dataclass_fields__)
    total_max = clause.whole("total_max", least=elected, most=_MOST_SEATS) if clause.has("total_max") else None
    rows = clause.clauses("categories", "[[council.categories]] {}") if clause.has("categories") else ()
    categories = tuple(_read_category(row) for row in rows)
    names = [category.name for category in categories]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise rows[number].refuse("name", f'"{name}" stands in another entry already')
    if total_max is not None and elected + sum(category.seats for category in categories) > total_max:
        raise clause.refuse("total_max", "is less than the seats that are elected and those of the categories together")
    least = clause.whole("least", least=1, most=total_max or _MOST_SEATS) if clause.has("least") else LEAST_MEMBERS
    return CouncilRules(total_max, least, categories)


def _read_category(clause: Clause) -> CouncilCategory:
    clause.allow_only(*CouncilCategory.__dataclass_fields__)
    filled_by = cast('Literal["appointed", "byraad"]', clause.choice("filled_by", _FILLED_BY))
    return CouncilCategory(clause.text("name"), clause.whole("seats", least=1, most=_MOST_SEATS), filled_by)


def read_succession(clause: Clause | None) -> SuccessionRules:
    """Read [succession]; each key may be left out."""
    if clause is None:
        return SuccessionRules()
    clause.allow_only(*SuccessionRules.__dataclass_fields__)
    declined = clause.choice("declined", _DECLINED) if clause.has("declined") else _DECLINED[0]
    return SuccessionRules(
        declined=cast('Literal["struck", "stays"]', declined),
        absences=clause.whole("absences", least=0, most=LONGEST_PERIOD) if clause.has("absences") else 2,
    )
