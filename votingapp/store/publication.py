"""What becomes public of a count: the figures, the seats and the record, all at once and not before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.record import Record, to_json
from votingapp.store import counts, explanations, incidents, paper_records, record
from votingapp.store.ledger import Paper

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may have once the urn is opened: figures, seats, and the record that holds them together."""

    outcome: Outcome
    record: Record

    @property
    def counts_json(self) -> str:
        """COUNTS, as `votingapp allocate` reads it."""
        return self.outcome.counts_json

    @property
    def paper_json(self) -> str:
        """The counts of the paper ballots, or why they are not shown (docs/verification.md)."""
        return self.outcome.paper_json

    @property
    def allocation(self) -> dict[str, Any]:
        """What `votingapp allocate` answers."""
        return self.outcome.answer

    @property
    def record_json(self) -> bytes:
        """The record as canonical JSON."""
        return to_json(self.record)


def published(connection: Connection, election: Election) -> Published | None:
    """What is public of a count; None until the board has opened the sum (promise 6) and the paper ballots are counted."""
    kept, question, found = (
        counts.count_of(connection, election.id),
        counts.question_of(connection, election),
        counts.outcome(connection, election),
    )
    if kept is None or question is None or found is None:
        return None
    ballots = kept.tally(question).ballots
    decrypted = {decryption.owner for decryption in counts.decryptions(connection, election.id)}
    verification = record.Archive(
        question.fingerprint, kept.last_event or "", kept.archive_sha256 or "", frozenset(decrypted)
    )
    lots = [lot.at for lot in found.lots]
    told = [line.at for line in incidents.lines(connection, election.id)]
    told += [one.at for paper in Paper for one in explanations.every(connection, election.id, paper)]
    told += [one.at for one in paper_records.explanations(connection, election.id)]
    drawn_up = max([kept.result_at or election.founded_at, *lots, *told])
    return Published(found, record.draw_up(connection, election, found, ballots, verification, drawn_up))
