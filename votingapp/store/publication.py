"""What becomes public of a count: the figures and the seats at once, and the record once it is drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from votingapp.store import counts, drawn_records

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.counts import Outcome
    from votingapp.store.drawn_records import Drawn
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may have once the urn is opened: the figures, the seats, and the version in force of the record.

    `drawn` is None until the board has drawn the record up. It is never drawn anew for a reader: whoever asks gets the
    bytes that are signed. `archive_sha256` is that of the verified archive.
    """

    outcome: Outcome
    archive_sha256: str
    drawn: Drawn | None

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


def published(connection: Connection, election: Election) -> Published | None:
    """What is public of a count; None until the board has opened the sum (promise 6) and the paper ballots are counted."""
    kept, found = counts.count_of(connection, election.id), counts.outcome(connection, election)
    if kept is None or found is None:
        return None
    return Published(found, kept.archive_sha256 or "", drawn_records.newest(connection, election))
