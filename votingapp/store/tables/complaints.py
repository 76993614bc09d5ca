"""Complaints about the election (valgklager) and what was done with each."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

complaint = Table(
    "complaint",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("number", Integer, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("in_time", Boolean, nullable=False),
    Column("subject", String(40), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    Index("ix_complaint_election_id_number", "election_id", "number", unique=True),
)
"""`sealed` holds who complains, how to reach her and her words; a complaint has a number in the order of entry."""

complaint_step = Table(
    "complaint_step",
    metadata,
    Column("complaint_id", String(36), ForeignKey("complaint.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(40), nullable=False),
    Column("met_on", Date),
    Column("body_name", String(200)),
    Column("outcome", String(20)),
    Column("remedy", String(20)),
    Column("candidate", String(20)),
    Column("words_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id", nullable=True),
)
"""What was done with the complaint, in order; `candidate` is whose election was set aside, as the ballot numbers her (c7)."""
