"""The deletion (sletning) of an election's personal data: who ordered it, what went, and what was looked for afterwards."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

deletion = Table(
    "deletion",
    metadata,
    election_reference(primary_key=True),
    Column("deleted_at", Instant, nullable=False),
    staff_reference("ordered_by"),
    staff_reference("second_id"),
    Column("content", Text, nullable=False),
)
"""`content` is JSON: the names of the two, and how many rows of each kind went. While a row stands here, looks may go (0015)."""

deletion_check = Table(
    "deletion_check",
    metadata,
    election_reference(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("checked_at", Instant, nullable=False),
    Column("copied", Boolean, nullable=False),
    Column("searched", Boolean, nullable=False),
    Column("found", String(500), nullable=False),
)
"""A search of the database's files for what went: `copied` says whether they were written anew, `found` what was left."""
