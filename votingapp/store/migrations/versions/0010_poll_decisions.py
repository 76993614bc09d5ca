"""Decisions on the poll as a whole."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll_decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new_opens_at", Instant(), nullable=True),
        sa.Column("new_closes_at", Instant(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("kind IN ('annulled', 'postponed')", name=op.f("ck_poll_decision_kind")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_poll_decision_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_poll_decision_entered_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_poll_decision_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_decision")),
    )
    op.create_index("ix_poll_decision_election_id", "poll_decision", ["election_id"], unique=False)
