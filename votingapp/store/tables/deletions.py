"""The deletion (sletning) of an election's personal data: who asked, who confirmed, and what went."""

from sqlalchemy import Column, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

deletion = Table(
    "deletion",
    metadata,
    election_reference(primary_key=True),
    Column("asked_at", Instant, nullable=False),
    staff_reference("asked_by"),
    Column("confirmed_at", Instant),
    staff_reference("confirmed_by", nullable=True),
    Column("counts_json", Text),
    Column("checked_json", Text),
    Column("certificate_sha256", String(64)),
)
"""Asked by one official and done when another confirms; `counts_json` says how many rows of each kind went."""
