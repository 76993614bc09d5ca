"""One text, adopted and hashed, says how the whole election is held and how its seats are given."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, cast

from ballots.rules import AdmissionRules, BallotRules, read_admission, read_ballot
from candidates.clauses import Clause, RuleError
from candidates.rules import (
    ElectionRules,
    EligibilityRules,
    NominationRules,
    read_election,
    read_eligibility,
    read_nomination,
)

if TYPE_CHECKING:
    from collections.abc import Collection

OPEN_SEAT = "open"

_SECTIONS = (
    "election",
    "eligibility",
    "nomination",
    "ballot",
    "admission",
    "seats",
    "substitutes",
    "complaints",
)
_OPTIONAL_SECTIONS = ("audit",)
_COUNTING_SECTIONS = ("ballot", "seats", "substitutes")
_LONGEST_COMPLAINT_PERIOD = 366
_DEPOSITS = ("before_cast", "after_cast")
_COUNTED = ("number", "by_candidate")


@dataclass(frozen=True, slots=True)
class ReservedSeats:
    """One [[seats.reserved]]: `seats` (>= 1) kept for candidates of `group`."""

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class SeatRules:
    """Section [seats]: `total` seats (pladser), what becomes of a reserved seat that is `unfilled`, and `reserved`."""

    total: int
    unfilled: Literal["vacant", "open"]
    reserved: tuple[ReservedSeats, ...]


@dataclass(frozen=True, slots=True)
class SubstituteRules:
    """Section [substitutes]: one "ranked" list, or up to `per_member` each, "paired" to the members (suppleanter).

    `per_member` says nothing in the ranked model. Fewer than `minimum_votes` bars from seat and list alike.
    """

    model: Literal["ranked", "paired"]
    per_member: int
    minimum_votes: int


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """Section [complaints]: whole `days` after election day within which a complaint (valgklage) is in time."""

    days: int


@dataclass(frozen=True, slots=True)
class AuditRules:
    """Section [audit], which may be left out: with `paper_record` each booth prints the vote as well (kontrolseddel).

    The voter reads it and drops it into a box of its own, `deposit` says whether before or after she casts. After the close
    the papers are `counted` by number alone, or by candidate too. Without `paper_record` the other two say nothing.
    """

    paper_record: bool = False
    deposit: Literal["before_cast", "after_cast"] = "before_cast"
    counted: Literal["number", "by_candidate"] = "number"


@dataclass(frozen=True, slots=True)
class CountingRules:
    """What the count needs of a rule set, and nothing of the people or dates."""

    ballot: BallotRules
    seats: SeatRules
    substitutes: SubstituteRules


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A whole rule set (valgregulativ), the `text` it was read from and the hex `sha256` of its UTF-8 bytes."""

    election: ElectionRules
    eligibility: EligibilityRules
    nomination: NominationRules
    ballot: BallotRules
    admission: AdmissionRules
    seats: SeatRules
    substitutes: SubstituteRules
    complaints: ComplaintRules
    text: str
    sha256: str
    audit: AuditRules = AuditRules()

    @property
    def counting(self) -> CountingRules:
        """The three sections the count needs."""
        return CountingRules(self.ballot, self.seats, self.substitutes)


def parse_rule_set(text: str) -> RuleSet:
    """Read a whole rule set; RuleError names the first field that cannot be used."""
    sections = _sections(text, required=_SECTIONS)
    election = read_election(sections["election"])
    return RuleSet(
        election=election,
        eligibility=read_eligibility(sections["eligibility"]),
        nomination=read_nomination(sections["nomination"], election),
        ballot=read_ballot(sections["ballot"]),
        admission=read_admission(sections["admission"]),
        seats=read_seats(sections["seats"]),
        substitutes=read_substitutes(sections["substitutes"]),
        complaints=read_complaints(sections["complaints"]),
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        audit=read_audit(sections["audit"]) if "audit" in sections else AuditRules(),
    )


def parse_counting_rules(text: str) -> CountingRules:
    """Read [ballot], [seats] and [substitutes] alone; the other known sections may stand there, unread."""
    sections = _sections(text, required=_COUNTING_SECTIONS)
    return CountingRules(
        ballot=read_ballot(sections["ballot"]),
        seats=read_seats(sections["seats"]),
        substitutes=read_substitutes(sections["substitutes"]),
    )


def read_seats(clause: Clause) -> SeatRules:
    """Read [seats]; `unfilled` must be said where seats are reserved, else it says nothing."""
    clause.allow_only(*SeatRules.__dataclass_fields__)
    total = clause.whole("total", least=1)
    rows = clause.clauses("reserved", "[[seats.reserved]] {}") if clause.has("reserved") else ()
    reserved = tuple(_read_reserved(row) for row in rows)
    if sum(row.seats for row in reserved) > total:
        raise clause.refuse("reserved", "more seats are reserved than there are in total")
    groups = [row.group for row in reserved]
    for number, group in enumerate(groups):
        if group in groups[:number]:
            raise rows[number].refuse("group", f'"{group}" has its seats in another entry already')
    unfilled = clause.choice("unfilled", ("vacant", "open")) if clause.has("unfilled") or reserved else "vacant"
    return SeatRules(total, cast('Literal["vacant", "open"]', unfilled), reserved)


def _read_reserved(clause: Clause) -> ReservedSeats:
    clause.allow_only(*ReservedSeats.__dataclass_fields__)
    group = clause.text("group")
    if group == OPEN_SEAT:
        raise clause.refuse("group", f'"{OPEN_SEAT}" is the word for a seat that is not reserved')
    return ReservedSeats(group, clause.whole("seats", least=1))


def read_substitutes(clause: Clause) -> SubstituteRules:
    """Read [substitutes]; `per_member` must be said in the paired model, `minimum_votes` is 0 where not said."""
    clause.allow_only(*SubstituteRules.__dataclass_fields__)
    model = cast('Literal["ranked", "paired"]', clause.choice("model", ("ranked", "paired")))
    paired = model == "paired"
    return SubstituteRules(
        model=model,
        per_member=clause.whole("per_member", least=int(paired)) if paired or clause.has("per_member") else 0,
        minimum_votes=clause.whole("minimum_votes", least=0) if clause.has("minimum_votes") else 0,
    )


def read_complaints(clause: Clause) -> ComplaintRules:
    """Read [complaints]."""
    clause.allow_only(*ComplaintRules.__dataclass_fields__)
    return ComplaintRules(days=clause.whole("days", least=1, most=_LONGEST_COMPLAINT_PERIOD))


def read_audit(clause: Clause) -> AuditRules:
    """Read [audit]; `deposit` must be said where paper is printed, `counted` is "number" where not said."""
    clause.allow_only(*AuditRules.__dataclass_fields__)
    paper_record = clause.truth("paper_record")
    deposit = clause.choice("deposit", _DEPOSITS) if paper_record or clause.has("deposit") else _DEPOSITS[0]
    counted = clause.choice("counted", _COUNTED) if clause.has("counted") else _COUNTED[0]
    return AuditRules(
        paper_record=paper_record,
        deposit=cast('Literal["before_cast", "after_cast"]', deposit),
        counted=cast('Literal["number", "by_candidate"]', counted),
    )


def _sections(text: str, *, required: Collection[str]) -> dict[str, Clause]:
    document = _parse_toml(text)
    for name, table in document.items():
        if name not in (*_SECTIONS, *_OPTIONAL_SECTIONS):
            raise RuleError(f"[{name}]", "is not a known section")
        if not isinstance(table, Mapping):
            raise RuleError(f"[{name}]", "must be a section")
    for name in required:
        if name not in document:
            raise RuleError(f"[{name}]", "is missing")
    return {name: Clause(f"[{name}]", table) for name, table in document.items()}


def _parse_toml(text: str) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(text)
    # Besides its own error the parser lets a number with thousands of digits or deep nesting surface as these.
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise RuleError("TOML", reason) from error
