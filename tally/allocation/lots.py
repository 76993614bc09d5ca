"""Where votes leave people tied, the election board draws lots (lodtrækning) and writes down who was drawn first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from candidates.clauses import BadInput
from tally.allocation.strict_json import read_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candidates.clauses import Clause

_FEWEST_TIED = 2


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot that was drawn: the ids it was drawn `among`, and the same ids in the `order` in which they came."""

    among: tuple[str, ...]
    order: tuple[str, ...]


def parse_lots(text: str) -> tuple[Lot, ...]:
    """Read LOTS; BadInput names the first field that cannot be used."""
    clause = read_object(text, "LOTS")
    clause.allow_only("lots")
    lots = tuple(_read_lot(row) for row in clause.clauses("lots", "lots[{}]", first=0))
    check_lots(lots)
    return lots


def _read_lot(row: Clause) -> Lot:
    row.allow_only("among", "order")
    return Lot(row.texts("among"), row.texts("order"))


def check_lots(lots: Sequence[Lot]) -> None:
    """Refuse a lot among fewer than two, one whose order is not those people once each, and one drawn twice."""
    drawn: set[frozenset[str]] = set()
    for number, lot in enumerate(lots):
        people = frozenset(lot.among)
        if len(people) < _FEWEST_TIED or len(people) != len(lot.among):
            raise BadInput(f"lots[{number}] among", "must name at least two candidates, each once")
        if frozenset(lot.order) != people or len(lot.order) != len(people):
            raise BadInput(f"lots[{number}] order", "must name exactly the candidates of among, each once")
        if people in drawn:
            raise BadInput(f"lots[{number}] among", "the lot among these candidates is given twice")
        drawn.add(people)


def lots_document(lots: Sequence[Lot]) -> dict[str, Any]:
    """Return LOTS as the JSON object that `parse_lots` reads."""
    return {"lots": [{"among": list(lot.among), "order": list(lot.order)} for lot in lots]}
