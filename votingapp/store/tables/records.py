"""The record (valgprotokol) as drawn up: each version with its bytes, what was stated for it, and who signed which."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

record_statement = Table(
    "record_statement",
    metadata,
    election_reference(primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("text", Text, nullable=False),
    Column("stated_at", Instant, nullable=False),
    staff_reference(),
    staff_reference("second_id"),
)
"""What two of the board state before the record is drawn up: no more incidents, assistance as it was counted."""

drawn_record = Table(
    "drawn_record",
    metadata,
    election_reference(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("docx", LargeBinary, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("pdf_sha256", String(64), nullable=False),
    Column("docx_sha256", String(64), nullable=False),
    Column("drawn_at", Instant, nullable=False),
    staff_reference("drawn_by"),
    Column("drawn_by_name", String(100), nullable=False),
    Column("signers_json", Text, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("version >= 1", name="version"),
)
"""The bytes are kept: what is hashed and signed is never set in type a second time. `reason` is empty for version 1.

`drawn_by_name` and `signers_json` hold names, offices and keys as they were then: whoever marries later changes no record.
"""

record_signature = Table(
    "record_signature",
    metadata,
    election_reference(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="RESTRICT"), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("way", String(20), nullable=False),
    Column("position", Integer),
    Column("proof", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
    CheckConstraint("way IN ('key', 'password', 'absent')", name="way"),
)
"""`position` is that of her key where she signed with it; `proof` is the signature, or the reason of two why she cannot sign."""
