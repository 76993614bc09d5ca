"""The certificate (attest) that an election's personal data was deleted: what went, by whom, and what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.documents.dates import COPENHAGEN, danish_date, danish_instant
from votingapp.documents.record import grouped
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.deletions import Deletion
    from votingapp.store.elections import Election


def render_deletion_certificate(
    election: Election, done: Deletion, went: Sequence[tuple[str, int]], record_sha256: str
) -> bytes:
    """Set the certificate as PDF/A-3a and PDF/UA-1; equal arguments give equal bytes.

    `went` are the kinds in words with their rows, `record_sha256` the hash of the signed record's PDF, "" where there is none.
    """
    rules = election.rules.election
    data = {
        "election": election.name,
        "municipality": rules.municipality,
        "day": danish_date(rules.election_day),
        "rehearsal": election.rehearsal,
        "at": danish_instant(done.at),
        "officials": list(done.officials),
        "went": [list(line) for line in went],
        "record_sha256": grouped(record_sha256) if record_sha256 else "",
        "checks": [
            {"at": danish_instant(one.at), "copied": one.copied, "searched": one.searched, "found": one.found}
            for one in done.checks
        ],
    }
    return typeset("deletion_certificate", data, dated=done.at.astimezone(COPENHAGEN).date())
