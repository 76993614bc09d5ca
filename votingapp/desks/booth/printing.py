"""What a tablet is told of printing: whether the rules ask for a paper of each vote, and whether there is a printer at all.

It prints by itself, on a printer at its own cable. The house has no door at which anything could be handed in to be printed:
it would learn votes, and in which order they came (docs/adr/0024).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from votingapp.settings import Settings
    from votingapp.store.elections import Election


def asked(election: Election) -> dict[str, object]:
    """`paper_record`: when each paper is dropped into its box; `printer`: receipts can be printed. Neither without a printer."""
    rules = election.rules.audit
    settings: Settings = current_app.extensions["settings"]
    papers = {"paper_record": rules.deposit} if rules.paper_record else {}
    return papers | ({"printer": True} if rules.paper_record or settings.booth_printers else {})
