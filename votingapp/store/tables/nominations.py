"""Nominations (opstillinger): what a candidate declared, and what was decided."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

nomination = Table(
    "nomination",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("receipt", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("distinguishing_line", String(100)),
    Column("cpr_sealed", LargeBinary, nullable=False),
    Column("contact_sealed", LargeBinary, nullable=False),
    Column("cpr_hash", String(64), nullable=False),
    Column("statement", Text, nullable=False),
    Column("seat_group", String(100)),
    Column("declaration_text", String(60)),
    Column("declared_at", Instant),
    Column("consented_at", Instant, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("decided_at", Instant),
    staff_reference("decided_by", nullable=True),
    Column("ballot_number", Integer),
    UniqueConstraint("election_id", "receipt"),
    UniqueConstraint("election_id", "ballot_number"),
    CheckConstraint("state IN ('submitted', 'accepted', 'refused', 'withdrawn', 'late')", name="state"),
    Index("ix_nomination_election_id_cpr_hash", "election_id", "cpr_hash"),
)
