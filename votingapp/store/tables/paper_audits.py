"""The audit of the papers of the booths by a sample (stikprøve): manifest, dice and what two read of each drawn paper."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

paper_audit = Table(
    "paper_audit",
    metadata,
    election_reference(primary_key=True),
    Column("batches_json", Text, nullable=False),
    Column("announcement_json", Text),
    Column("announced_at", Instant),
    Column("digits", String(40)),
    Column("witnesses", String(300)),
    Column("rolled_at", Instant),
    Column("outcome", String(20)),
    Column("ended_at", Instant),
    staff_reference("entered_by"),
    staff_reference("second_id"),
)
"""One row for each election: how the papers lie, what was announced, the dice, and how it ended."""

paper_audit_reading = Table(
    "paper_audit_reading",
    metadata,
    election_reference(primary_key=True),
    Column("draw", Integer, primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="RESTRICT"), primary_key=True),
    Column("marks_json", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
)
"""What one official read of the paper of one draw (1 and up)."""
