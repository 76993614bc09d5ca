"""Letters that belong to no nomination: who was told of what after the election, each once."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference

told = Table(
    "told",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("kind", String(40), nullable=False),
    Column("about", String(80), nullable=False),
    Column("message_id", String(36), ForeignKey("message.id", ondelete="RESTRICT")),
    Column("told_at", Instant, nullable=False),
    Index("ix_told_election_id_kind_about", "election_id", "kind", "about", unique=True),
)
"""`about` names the ruling, vacancy or complaint and the person; `message_id` is empty where a letter of paper was printed."""
