"""The log: everything that is decided, one hash-chained row each, never changed and never removed, and words that may go."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, Text

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

audit_words = Table(
    "audit_words",
    metadata,
    Column("chain", String(36), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("about", String(36), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["chain", "serial"], ["audit_entry.chain", "audit_entry.serial"], ondelete="RESTRICT"),
)
"""What an official wrote of a person; the entry holds its salted hash, so that it can be forgotten and the chain holds."""
