"""The answer says who is elected, who stands ready as substitute, and which lots must be drawn before it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tally.allocation.course import Course

Status = Literal["complete", "lots_required", "uncontested"]
Decides = Literal["seat", "substitute", "pairing"]


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
    form is fixed.

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
