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
        sa.Column("announced_at", Instant(), nullable=True),
        sa.Column("digits", sa.String(length=40), nullable=True),
        sa.Column("witnesses", sa.String(length=300), nullable=True),
        sa.Column("rolled_at", Instant(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_paper_audit_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_paper_audit_entered_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_paper_audit_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_audit")),
    )
    op.create_table(
        "paper_audit_reading",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("marks_json", sa.Text(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_paper_audit_reading_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_paper_audit_reading_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "draw", "staff_id", name=op.f("pk_paper_audit_reading")),
    )
