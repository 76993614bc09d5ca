"""The register extract (folkeregisterudtræk): who lives here and when they were born, the CPR number only as a keyed hash."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

register_person = Table(
    "register_person",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("cpr_hash", String(64), nullable=False),
    Column("name", String(100), nullable=False),
    Column("name_key", String(100), nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("municipality_code", String(4), nullable=False),
    Column("protected", Boolean, nullable=False),
    Column("roll_number", Integer, nullable=False),
    Column("by_supervisor", Boolean, nullable=False),
    UniqueConstraint("election_id", "cpr_hash"),
    Index("ix_register_person_election_id_roll_number", "election_id", "roll_number", unique=True),
    Index("ix_register_person_election_id_name_key", "election_id", "name_key"),
    Index("ix_register_person_election_id_birth_date_name_key", "election_id", "birth_date", "name_key"),
)
"""`roll_number` (valglistenummer) counts the persons by name; `by_supervisor` marks whom the extract did not have."""

register_draft = Table(
    "register_draft",
    metadata,
    Column("election_id", String(36), ForeignKey("election.id", ondelete="RESTRICT"), primary_key=True),
    Column("extract_sealed", LargeBinary, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
    staff_reference("uploaded_by"),
)
