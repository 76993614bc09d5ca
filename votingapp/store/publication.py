"""What becomes public of a count: the figures and the seats at once, and the record once it is drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.record import to_json
from votingapp.store import audit, counts, drawn_records, record_draft

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.counts import Outcome
    from votingapp.store.drawn_records import Version
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may have once the urn is opened: the figures, the seats, and the version in force of the record.

    `drawn` is None until the board has drawn the record up. It is never drawn anew for a reader: whoever asks gets the
    bytes that are signed.
    """

    outcome: Outcome
    drawn: Version | None

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
    found = counts.outcome(connection, election)
    return None if found is None else Published(found, drawn_records.newest_version(connection, election))


def record_said(connection: Connection, election: Election) -> bytes | None:
    """What the record says as JSON (tally.record.to_json): as it is signed, and before it is drawn up what it would say now.

    To draw it takes a hundred times what it takes to read it. `record_mark` tells whether it would say the same as before.
    """
    content = drawn_records.content_of(connection, election)
    if content is not None:
        return content
    draft = record_draft.draft(connection, election)
    return None if draft is None else to_json(draft)


def record_mark(connection: Connection, election: Election) -> str:
    """A mark that changes with all that a record tells: after the close nothing of it changes without an entry in the log."""
    heads = (audit.last(connection, chain) for chain in (election.id, audit.HOUSE))
    return "|".join([election.id, *("" if one is None else one.hash for one in heads)])
