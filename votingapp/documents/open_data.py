"""The result as a table for spreadsheets and open data: one line for each candidate, then the blank and the invalid votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.documents.spreadsheet import write_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tally.allocation import Allocation
    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election

COLUMNS = (
    "valg",
    "kommune",
    "kommunekode",
    "valgdag",
    "slags",
    "nummer",
    "navn",
    "gruppe",
    "stemmer",
    "stemmer_tablet",
    "stemmer_papir",
    "udfald",
    "plads",
    "nummer_i_orden",
    "suppleant_for",
)
"""What they mean: docs/open-data.md."""


def result_table(election: Election, outcome: Outcome, set_aside: Collection[str] = ()) -> bytes:
    """Return the table as a CSV file; votes on paper stand apart only where at least five voted so.

    `udfald` is empty for everybody where the election does not stand, for whoever a lot is still to be drawn about, and for
    those whose election a decision on a complaint has `set_aside` (ids).
    """
    return write_table(COLUMNS, _rows(election, outcome, set_aside))


def _rows(election: Election, outcome: Outcome, set_aside: Collection[str]) -> Iterator[tuple[str, ...]]:
    rules = election.rules.election
    about = (election.name, rules.municipality, rules.municipality_code, rules.election_day.isoformat())
    seats = {} if election.annulment is not None else _seats(outcome.allocation)
    none = ("", "", "", "")
    urn, paper = outcome.urn, outcome.paper if outcome.shows_paper else None
    for place, candidate in enumerate(outcome.counts.candidates):
        apart = ("", "") if paper is None else (str(urn.candidates[place].votes), str(paper.votes[place]))
        yield (
            *about,
            "kandidat",
            str(place + 1),
            candidate.name,
            candidate.group or "",
            str(candidate.votes),
            *apart,
            *(none if candidate.id in set_aside else seats.get(candidate.id, none)),
        )
    for kind, both, in_urn, on_paper in (
        ("blank", outcome.counts.blank, urn.blank, paper and paper.blank),
        ("ugyldig", outcome.counts.invalid, urn.invalid, paper and paper.invalid_in_all),
    ):
        apart = ("", "") if paper is None else (str(in_urn), str(on_paper))
        yield (*about, kind, "", "", "", str(both), *apart, "", "", "", "")


def _seats(allocation: Allocation) -> dict[str, tuple[str, str, str, str]]:
    """By candidate what became of her: elected or substitute, the kind of seat, her rank, and for whom she follows."""
    elected = {row.id: ("valgt", row.seat, str(row.rank), "") for row in allocation.elected}
    following = {
        row.id: ("suppleant", row.group or "", str(row.rank), row.member or "") for row in allocation.substitutes
    }
    others = {} if allocation.status == "lots_required" else following
    return others | elected
