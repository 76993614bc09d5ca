"""The devices (enheder) of the polling station: each invited by a code that is used once, named, and revocable."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

device = Table(
    "device",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("kind", String(10), nullable=False),
    Column("name", String(60), nullable=False),
    Column("code_sha256", String(64), unique=True),
    Column("token_sha256", String(64), unique=True),
    Column("invited_at", Instant, nullable=False),
    staff_reference("invited_by"),
    Column("joined_at", Instant),
    Column("seen_at", Instant),
    Column("clock_off", Integer),
    Column("revoked_at", Instant),
    staff_reference("revoked_by", nullable=True),
    CheckConstraint("kind IN ('desk', 'booth')", name="kind"),
    UniqueConstraint("election_id", "name"),
    Index("ix_device_election_id_kind", "election_id", "kind"),
)
"""`clock_off` is by how many seconds a desk's own clock was ahead of the house's when it was last seen."""
