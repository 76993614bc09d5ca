"""What a rehearsal leaves on the table: the archive, the figures, the record, the slips, and what was really cast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from votingapp.demo.outcomes import expect
from votingapp.desks.poll import urn_report, zero_report
from votingapp.store import drawn_records, elections, publication, urns
from votingapp.store.drawn_records import Drawn
from votingapp.store.publication import Published

if TYPE_CHECKING:
    from pathlib import Path

    from votingapp.demo.polling import Stack
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store


def write_outcome(store: Store, election: Election, folder: Path, expected: tuple[int, ...]) -> None:
    """Write everything that is public of a counted election, and beside it the plain sums of the choices cast."""
    with store.reading() as connection:
        election = elections.by_id(connection, election.id)  # as it is now: frozen, opened, closed
        published = expect(publication.published(connection, election), Published)
        drawn = expect(drawn_records.newest(connection, election), Drawn)
        with (folder / "election.bel").open("wb") as stream:
            expect(urns.write_archive(connection, election, stream), str)
        sealed = expect(urn_report.print_again(connection, election), bytes)
    write_zero_report(store, election, folder)
    (folder / "urn-report.pdf").write_bytes(sealed)
    (folder / "rules.toml").write_bytes(election.rules.text.encode())
    (folder / "counts.json").write_text(published.counts_json, encoding="utf-8")
    (folder / "result.json").write_text(_pretty(published.allocation), encoding="utf-8")
    (folder / "record.json").write_bytes(drawn.content)
    (folder / "record.pdf").write_bytes(drawn.pdf)
    (folder / "record.docx").write_bytes(drawn.docx)
    if published.outcome.lots:
        (folder / "lots.json").write_text(published.outcome.lots_json, encoding="utf-8")
    numbered = {f"c{number}": votes for number, votes in enumerate(expected) if number}
    (folder / "expected.json").write_text(_pretty({"blank": expected[0], "votes": numbered}), encoding="utf-8")


def write_zero_report(store: Store, election: Election, folder: Path) -> None:
    """Write the report that the board signed before the first voter was let in."""
    with store.reading() as connection:
        report = expect(zero_report.print_again(connection, election), bytes)
    (folder / "zero-report.pdf").write_bytes(report)


def write_slips(stack: Stack, folder: Path) -> None:
    """Write the slips: in a rehearsal only, for in a real election they exist on paper and nowhere else."""
    for number, sheets in enumerate(stack.sheets, start=1):
        name = "slips.pdf" if number == 1 else f"slips-{number}.pdf"
        (folder / name).write_bytes(sheets)


def _pretty(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
