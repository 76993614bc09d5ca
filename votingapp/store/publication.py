"""What becomes public of a count: the figures and the seats at once, and the record once it is drawn up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.record import to_json
from votingapp.store import counts, drawn_records, record_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from votingapp.store.counts import Outcome
    from votingapp.store.drawn_records import Drawn
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may have once the urn is opened: the figures, the seats, and the version in force of the record.

    `drawn` is None until the board has drawn the record up. It is never drawn anew for a reader: whoever asks gets the
    bytes that are signed. `record` is what it says (tally.record.to_json), and before that what it would say now.
    """

    outcome: Outcome
    drawn: Drawn | None
    record: Mapping[str, Any]

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
    if found is None:
        return None
    drawn = drawn_records.newest(connection, election)
    if drawn is not None:
        return Published(found, drawn, json.loads(drawn.content))
    draft = record_draft.draft(connection, election)
    return None if draft is None else Published(found, None, json.loads(to_json(draft)))
