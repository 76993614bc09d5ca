"""The people who work at the desks: their sign-in and what each is appointed to at an election."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference

staff = Table(
    "staff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("login", String(60), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("may_found", Boolean, nullable=False),
    Column("added_at", Instant, nullable=False),
)


def staff_reference(name: str = "staff_id", *, nullable: bool = False) -> Column[str]:
    """The column that names the official who acted."""
    return Column(name, String(36), ForeignKey("staff.id", ondelete="RESTRICT"), nullable=nullable)


appointment = Table(
    "appointment",
    metadata,
    election_reference(primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="RESTRICT"), primary_key=True),
    Column("role", String(20), primary_key=True),
    CheckConstraint("role IN ('secretariat', 'board', 'desk', 'observer')", name="role"),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    staff_reference(),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_staff_session_staff_id", "staff_id"),
)

throttle = Table(
    "throttle",
    metadata,
    Column("door", String(100), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("window_started_at", Instant, nullable=False),
)
