"""What became of the members during the term: who left and why, who was asked to enter, and who stayed away."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

vacancy = Table(
    "vacancy",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("tenure_id", String(36), ForeignKey("tenure.id", ondelete="RESTRICT"), nullable=False),
    Column("cause", String(40), nullable=False),
    Column("left_on", Date, nullable=False),
    Column("evidence_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    Index("ix_vacancy_tenure_id", "tenure_id", unique=True),
    Index("ix_vacancy_election_id", "election_id"),
)
"""A member left her seat; one vacancy ends one tenure."""

vacancy_step = Table(
    "vacancy_step",
    metadata,
    Column("vacancy_id", String(36), ForeignKey("vacancy.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(40), nullable=False),
    Column("candidate", String(20)),
    Column("happened_on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id", nullable=True),
)
"""What happened with the vacancy, in order: proposed, postponed, approved, accepted, declined, left vacant."""

absence = Table(
    "absence",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("tenure_id", String(36), ForeignKey("tenure.id", ondelete="RESTRICT"), nullable=False),
    Column("met_on", Date, nullable=False),
    Column("excused", Boolean, nullable=False),
    Column("note_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    Index("ix_absence_tenure_id_met_on", "tenure_id", "met_on", unique=True),
)
"""A member stayed away from one meeting (udeblivelse)."""
