"""Admissions (fremmøde): who has been given leave to draw a slip, when and at which desk; never which slip."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

admission = Table(
    "admission",
    metadata,
    election_reference(primary_key=True),
    Column("person_id", String(36), ForeignKey("register_person.id", ondelete="RESTRICT"), primary_key=True),
    Column("admitted_at", Instant, nullable=False),
    Column("desk", String(60), nullable=False),
    staff_reference("admitted_by"),
    Column("declaration_text", String(60)),
    Column("declared_at", Instant),
    Column("number", Integer, nullable=False),
    Column("channel", String(10)),
    Column("from_printed_roll", Boolean, nullable=False),
    CheckConstraint("channel IN ('slip', 'paper')", name="channel"),
    UniqueConstraint("election_id", "number"),
    Index("ix_admission_election_id_desk_channel", "election_id", "desk", "channel"),
)
"""`number` (kvitteringsnummer) counts the admissions of an election as they come and is on the printed roll.

`channel` is how the person votes while the poll is open, and empty once it is closed: see `admission_count`. The evening
is counted by desk and channel over and over; the index holds all that such a count reads.
"""

admission_count = Table(
    "admission_count",
    metadata,
    election_reference(primary_key=True),
    Column("desk", String(60), primary_key=True),
    Column("channel", String(10), primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("channel IN ('slip', 'paper')", name="channel"),
    CheckConstraint("number > 0", name="number"),
)
"""How many were admitted at a desk to vote in one way, kept at the close in the place of each person's own channel."""

admission_undone = Table(
    "admission_undone",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("person_id", String(36), ForeignKey("register_person.id", ondelete="RESTRICT"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("channel", String(10)),
    Column("desk", String(60), nullable=False),
    Column("admitted_at", Instant, nullable=False),
    staff_reference("admitted_by"),
    Column("undone_at", Instant, nullable=False),
    staff_reference("undone_by"),
    staff_reference("second_id"),
    Column("reason", String(500), nullable=False),
    Column("slip", String(20), nullable=False),
    CheckConstraint("slip IN ('not_drawn', 'returned')", name="slip"),
    Index("ix_admission_undone_election_id", "election_id"),
)
"""An admission taken back by two officials; the person may be admitted again. `channel` is as in `admission`."""
