"""The log: everything that is decided, one hash-chained row each, never changed and never removed."""

from sqlalchemy import Column, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("chain", String(36), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("act", String(60), nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
