"""The outbox: what is to be sent is written down with the act that causes it, sealed, and sent after."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference

message = Table(
    "message",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("nomination_id", String(36), ForeignKey("nomination.id", ondelete="RESTRICT")),
    Column("kind", String(30), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", Instant),
    Column("given_up_at", Instant),
    Index("ix_message_sent_at", "sent_at"),
)
