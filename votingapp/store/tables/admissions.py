"""Admissions (fremmøde): who has been given leave to draw a slip, when and at which desk; never which slip."""

from sqlalchemy import Column, ForeignKey, String, Table

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
)
