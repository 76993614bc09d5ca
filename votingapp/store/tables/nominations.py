"""Nominations (opstillinger): what a candidate declared, each version of it, who backs her, and what was decided."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.applicants import applicant_reference
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference


def _photo_reference() -> Column[str]:
    return Column("photo_id", String(36), ForeignKey("photo.id", ondelete="RESTRICT"))


def nomination_reference(*, primary_key: bool = False) -> Column[str]:
    """The column that names the nomination to which a row belongs."""
    return Column(
        "nomination_id",
        String(36),
        ForeignKey("nomination.id", ondelete="RESTRICT"),
        primary_key=primary_key,
        nullable=False,
    )


nomination = Table(
    "nomination",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    applicant_reference(nullable=True),
    Column("identity", String(10), nullable=False),
    Column("receipt", String(20), nullable=False),
    Column("public_id", String(12), nullable=False),
    Column("name", String(100), nullable=False),
    Column("distinguishing_line", String(100)),
    Column("person_sealed", LargeBinary, nullable=False),
    Column("contact_sealed", LargeBinary, nullable=False),
    Column("cpr_hash", String(64)),
    Column("statement", Text, nullable=False),
    Column("own_language", String(8)),
    Column("own_statement", Text, nullable=False),
    _photo_reference(),
    Column("seat_group", String(100)),
    Column("declaration_text", String(60)),
    Column("declared_at", Instant),
    Column("consented_at", Instant, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("decided_at", Instant),
    staff_reference("decided_by", nullable=True),
    Column("identity_checked_at", Instant),
    staff_reference("identity_checked_by", nullable=True),
    Column("identity_evidence", Text),
    Column("ballot_number", Integer),
    UniqueConstraint("election_id", "receipt"),
    UniqueConstraint("election_id", "public_id"),
    UniqueConstraint("election_id", "ballot_number"),
    CheckConstraint(
        "state IN ('submitted', 'returned', 'accepted', 'refused', 'withdrawn', 'late')",
        name="state",
    ),
    CheckConstraint("identity IN ('mitid', 'email', 'paper')", name="identity"),
    Index("ix_nomination_election_id_cpr_hash", "election_id", "cpr_hash"),
    Index("ix_nomination_applicant_id", "applicant_id"),
)

nomination_version = Table(
    "nomination_version",
    metadata,
    nomination_reference(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("saved_at", Instant, nullable=False),
    Column("name", String(100), nullable=False),
    Column("statement", Text, nullable=False),
    Column("own_language", String(8)),
    Column("own_statement", Text, nullable=False),
    _photo_reference(),
)

nomination_draft = Table(
    "nomination_draft",
    metadata,
    applicant_reference(primary_key=True),
    election_reference(),
    Column("content_sealed", LargeBinary, nullable=False),
    _photo_reference(),
    Column("saved_at", Instant, nullable=False),
)

proposer = Table(
    "proposer",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    nomination_reference(),
    Column("person_sealed", LargeBinary, nullable=False),
    Column("token_sha256", String(64), unique=True),
    Column("asked_at", Instant, nullable=False),
    Column("cpr_hash", String(64)),
    Column("declaration_text", String(60)),
    Column("confirmed_at", Instant),
    staff_reference("entered_by", nullable=True),
    Index("ix_proposer_nomination_id", "nomination_id"),
    Index("ix_proposer_election_id_cpr_hash", "election_id", "cpr_hash"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    nomination_reference(),
    Column("kind", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    staff_reference("decided_by", nullable=True),
    Column("answer_by", Instant),
    Column("complain_by", Instant),
    Column("opens_presentation", Boolean, nullable=False),
    Column("message_id", String(36), ForeignKey("message.id", ondelete="RESTRICT")),
    Index("ix_notice_nomination_id", "nomination_id"),
)
