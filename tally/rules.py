"""One text, adopted and hashed, says how the whole election is held and how its seats are given."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
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
from tally.rules_after import (
    AuditRules,
    ComplaintRules,
    CouncilRules,
    SuccessionRules,
    read_audit,
    read_complaints,
    read_council,
    read_succession,
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
_OPTIONAL_SECTIONS = ("audit", "council", "succession")
_COUNTING_SECTIONS = ("ballot", "seats", "substitutes")


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
    audit: AuditRules = field(default_factory=AuditRules)
    council: CouncilRules = field(default_factory=CouncilRules)
    succession: SuccessionRules = field(default_factory=SuccessionRules)

    @property
    def counting(self) -> CountingRules:
        """The three sections the count needs."""
        return CountingRules(self.ballot, self.seats, self.substitutes)


def parse_rule_set(text: str) -> RuleSet:
    """Read a whole rule set; RuleError names the first field that cannot be used."""
    sections = _sections(text, required=_SECTIONS)
    election = read_election(sections["election"])
    seats = read_seats(sections["seats"])
    return RuleSet(
        election=election,
        eligibility=read_eligibility(sections["eligibility"]),
        nomination=read_nomination(sections["nomination"], election),
        ballot=read_ballot(sections["ballot"]),
        admission=read_admission(sections["admission"]),
        seats=seats,
        substitutes=read_substitutes(sections["substitutes"]),
        complaints=read_complaints(sections["complaints"]),
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        audit=read_audit(sections.get("audit")),
        council=read_council(sections.get("council"), elected=seats.total),
        succession=read_succession(sections.get("succession")),
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
