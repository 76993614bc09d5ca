"""What is decided about an election as a whole before the vote: more time, no vote needed, the lot for the ballot's order."""

from sqlalchemy import Column, Index, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

deadline_extension = Table(
    "deadline_extension",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("decided_at", Instant, nullable=False),
    Column("body", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    Column("closes", Instant, nullable=False),
    Column("cure_until", Instant, nullable=False),
    staff_reference("entered_by"),
    Index("ix_deadline_extension_election_id", "election_id"),
)

uncontested_decision = Table(
    "uncontested_decision",
    metadata,
    election_reference(primary_key=True),
    Column("decided_at", Instant, nullable=False),
    Column("body", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings_json", Text, nullable=False),
    staff_reference("entered_by"),
)

ballot_lot = Table(
    "ballot_lot",
    metadata,
    election_reference(primary_key=True),
    Column("method", Text, nullable=False),
    Column("draw_at", Instant, nullable=False),
    Column("announced_at", Instant, nullable=False),
    staff_reference("announced_by"),
    Column("seed", String(200)),
    Column("witnesses", Text),
    Column("drawn_at", Instant),
    staff_reference("drawn_by", nullable=True),
)
