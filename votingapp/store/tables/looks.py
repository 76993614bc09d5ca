"""Every look at personal data: who looked, when, at whom and on which page."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

look = Table(
    "look",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("at", Instant, nullable=False),
    staff_reference(),
    Column("subject_hash", String(64)),
    Column("nomination_id", String(36), ForeignKey("nomination.id", ondelete="RESTRICT")),
    Column("what", String(40), nullable=False),
    Index("ix_look_election_id_subject_hash", "election_id", "subject_hash"),
)
