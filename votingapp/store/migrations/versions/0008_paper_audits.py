"""The audit of the papers of the booths by a sample."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_audit",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("batches_json", sa.Text(), nullable=False),
        sa.Column("announcement_json", sa.Text(), nullable=True),
        sa.Column("digits", sa.String(length=24), nullable=True),
        sa.Column("witnesses_json", sa.Text(), nullable=True),
        sa.Column("rolled_at", Instant(), nullable=True),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("progress_json", sa.Text(), nullable=True),
        _of_election("paper_audit"),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_audit")),
    )
    op.create_table(
        "paper_audit_reading",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("marks_json", sa.Text(), nullable=False),
        sa.CheckConstraint("draw >= 1", name=op.f("ck_paper_audit_reading_draw")),
        _of_election("paper_audit_reading"),
        _of_staff("paper_audit_reading", "staff_id"),
        sa.PrimaryKeyConstraint("election_id", "draw", "staff_id", name=op.f("pk_paper_audit_reading")),
    )
    _full_count()


def _full_count() -> None:
    op.create_table(
        "paper_audit_count",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("round >= 1", name=op.f("ck_paper_audit_count_round")),
        _of_election("paper_audit_count"),
        _of_staff("paper_audit_count", "official_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_audit_count")),
    )
    op.create_index("ix_paper_audit_count_election_id", "paper_audit_count", ["election_id"])
    op.create_table(
        "paper_audit_result",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _of_election("paper_audit_result"),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_audit_result")),
    )
    op.create_table(
        "paper_audit_explanation",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        _of_election("paper_audit_explanation"),
        _of_staff("paper_audit_explanation", "official_id"),
        _of_staff("paper_audit_explanation", "second_id"),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_audit_explanation")),
    )


def _of_election(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["election_id"], ["election.id"], name=op.f(f"fk_{table}_election_id"), ondelete="RESTRICT"
    )


def _of_staff(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")
