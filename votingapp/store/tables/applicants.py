"""Whoever has said who she is and may stand (opstillingsberettiget): how she is known, sealed, and how she comes back."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference

applicant = Table(
    "applicant",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("identity", String(10), nullable=False),
    Column("identity_hash", String(64), nullable=False),
    Column("particulars_sealed", LargeBinary, nullable=False),
    Column("protected", Boolean, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    UniqueConstraint("election_id", "identity", "identity_hash"),
    CheckConstraint("identity IN ('mitid', 'email')", name="identity"),
)


def applicant_reference(*, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """The column that names the applicant to whom a row belongs."""
    return Column(
        "applicant_id",
        String(36),
        ForeignKey("applicant.id", ondelete="RESTRICT"),
        primary_key=primary_key,
        nullable=nullable,
    )


applicant_session = Table(
    "applicant_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    applicant_reference(),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_applicant_session_applicant_id", "applicant_id"),
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    election_reference(),
    Column("email_sealed", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
)
