"""The answer says who is elected, who stands ready as substitute, and which lots must be drawn before it is whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, cast

from tally.allocation.strict_json import read_object

if TYPE_CHECKING:
    from candidates.clauses import Clause
    from tally.allocation.course import Course

Status = Literal["complete", "lots_required", "uncontested"]
Decides = Literal["seat", "substitute", "pairing"]

_STATUSES = ("complete", "lots_required", "uncontested")
_DECIDES = ("seat", "substitute", "pairing")


@dataclass(frozen=True, slots=True)
class ElectedMember:
    """One elected (valgt) person; `seat` is "open" or the group it is reserved for, `votes` None if none was held."""

    rank: int
    id: str
    votes: int | None
    seat: str


@dataclass(frozen=True, slots=True)
class SubstituteMember:
    """One substitute (suppleant); `member` is whose substitute, None in the ranked model."""

    rank: int
    id: str
    votes: int
    group: str | None
    member: str | None


@dataclass(frozen=True, slots=True)
class LotDemand:
    """A lot to be drawn `among` tied ids (in ballot order), and what it `decides`."""

    among: tuple[str, ...]
    decides: Decides


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who is elected, how many seats are `vacant`, the substitutes, the lots to draw, and each step in Danish.

    The `course` holds the same steps as data, to be told in other languages. It is no member of the answer, whose
    form is fixed: an answer that was read back has none.

    A rank is one more than the number of those known to come before: equal ranks say that no order was settled,
    because none was needed. While lots are required, `elected` holds only those whom no lot can touch, and
    `substitutes` nobody.
    """

    status: Status
    elected: tuple[ElectedMember, ...]
    vacant: int
    substitutes: tuple[SubstituteMember, ...]
    lots_required: tuple[LotDemand, ...]
    steps: tuple[str, ...]
    course: Course = ()


_MEMBERS = tuple(field.name for field in fields(Allocation) if field.name != "course")


def allocation_document(allocation: Allocation) -> dict[str, Any]:
    """Return the answer as a JSON object, members in the order in which they are documented."""
    return {
        "status": allocation.status,
        "elected": [
            {"rank": row.rank, "id": row.id, "votes": row.votes, "seat": row.seat} for row in allocation.elected
        ],
        "vacant": allocation.vacant,
        "substitutes": [
            {"rank": row.rank, "id": row.id, "votes": row.votes, "group": row.group, "member": row.member}
            for row in allocation.substitutes
        ],
        "lots_required": [
            {"among": list(demand.among), "decides": demand.decides} for demand in allocation.lots_required
        ],
        "steps": list(allocation.steps),
    }


def parse_allocation(text: str) -> Allocation:
    """Read an answer back; BadInput names the first field that cannot be used."""
    clause = read_object(text, "answer")
    clause.allow_only(*_MEMBERS)
    return Allocation(
        status=cast("Status", clause.choice("status", _STATUSES)),
        elected=tuple(_read_elected(row) for row in clause.clauses("elected", "elected[{}]", first=0)),
        vacant=clause.whole("vacant", least=0),
        substitutes=tuple(_read_substitute(row) for row in clause.clauses("substitutes", "substitutes[{}]", first=0)),
        lots_required=tuple(_read_demand(row) for row in clause.clauses("lots_required", "lots_required[{}]", first=0)),
        steps=clause.texts("steps"),
    )


def _read_elected(row: Clause) -> ElectedMember:
    row.allow_only(*ElectedMember.__dataclass_fields__)
    return ElectedMember(
        rank=row.whole("rank", least=1),
        id=row.exact_text("id"),
        votes=row.whole_or_none("votes", least=0),
        seat=row.text("seat"),
    )


def _read_substitute(row: Clause) -> SubstituteMember:
    row.allow_only(*SubstituteMember.__dataclass_fields__)
    has_member = row.text_or_none("member") is not None
    return SubstituteMember(
        rank=row.whole("rank", least=1),
        id=row.exact_text("id"),
        votes=row.whole("votes", least=0),
        group=row.text_or_none("group"),
        member=row.exact_text("member") if has_member else None,
    )


def _read_demand(row: Clause) -> LotDemand:
    row.allow_only(*LotDemand.__dataclass_fields__)
    return LotDemand(row.texts("among"), cast("Decides", row.choice("decides", _DECIDES)))
