"""The count (stemmetal) says how many votes each candidate received; nothing else enters the giving of seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from candidates.clauses import BadInput
from tally.allocation.strict_json import read_object

if TYPE_CHECKING:
    from candidates.clauses import Clause


@dataclass(frozen=True, slots=True)
class CandidateCount:
    """One candidate in the count; `group` is None unless seats are reserved, `votes` None when no vote was held."""

    id: str
    name: str
    group: str | None
    votes: int | None

    @property
    def received(self) -> int:
        """The votes received; ValueError when no vote was held, for none is not the same as zero."""
        if self.votes is None:
            raise ValueError("no vote was held")
        return self.votes


People = tuple[CandidateCount, ...]
Tiers = tuple[People, ...]
"""Earlier tiers come before later ones; inside a tier no order is known, and it is kept in ballot order."""


@dataclass(frozen=True, slots=True)
class Counts:
    """All `candidates` in ballot order, and how many ballots were `blank` and `invalid`.

    The number of ballots is not part of it: a ballot may carry several names, so no sum of votes is impossible.
    """

    candidates: tuple[CandidateCount, ...]
    blank: int = 0
    invalid: int = 0

    @property
    def held(self) -> bool:
        """Whether a vote was held."""
        return _was_held(self.candidates)


def _was_held(candidates: People) -> bool:
    return any(candidate.votes is not None for candidate in candidates)


def parse_counts(text: str) -> Counts:
    """Read COUNTS; BadInput names the first field that cannot be used."""
    clause = read_object(text, "COUNTS")
    clause.allow_only("candidates", "blank", "invalid")
    rows = clause.clauses("candidates", "candidates[{}]", first=0)
    candidates = tuple(_read_candidate(row) for row in rows)
    _check_ids(candidates)
    _check_all_or_none(candidates)
    held = _was_held(candidates)
    return Counts(candidates, _read_ballots(clause, "blank", held), _read_ballots(clause, "invalid", held))


def _read_candidate(row: Clause) -> CandidateCount:
    row.allow_only("id", "name", "group", "votes")
    return CandidateCount(
        id=row.exact_text("id"),
        name=row.text("name"),
        group=row.text_or_none("group"),
        votes=row.whole_or_none("votes", least=0),
    )


def _check_ids(candidates: tuple[CandidateCount, ...]) -> None:
    seen: set[str] = set()
    for number, candidate in enumerate(candidates):
        if candidate.id in seen:
            raise BadInput(f"candidates[{number}] id", f"{candidate.id!r} is another candidate's id already")
        seen.add(candidate.id)


def _check_all_or_none(candidates: tuple[CandidateCount, ...]) -> None:
    for number, candidate in enumerate(candidates):
        if (candidate.votes is None) is not (candidates[0].votes is None):
            raise BadInput(f"candidates[{number}] votes", "must be null for all candidates or for none")


def _read_ballots(clause: Clause, key: str, held: bool) -> int:
    number = clause.whole(key, least=0) if held else clause.whole_or_none(key, least=0)
    if number and not held:
        raise clause.refuse(key, "must be 0 or null where no vote was held")
    return number or 0


def counts_document(counts: Counts) -> dict[str, Any]:
    """Return COUNTS as the JSON object that `parse_counts` reads."""
    return {
        "candidates": [
            {"id": row.id, "name": row.name, "group": row.group, "votes": row.votes} for row in counts.candidates
        ],
        "blank": counts.blank,
        "invalid": counts.invalid,
    }
