"""Complaints about the election."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_complaint_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_complaint_entered_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index("ix_complaint_election_id_number", "complaint", ["election_id", "number"], unique=True)
    op.create_table(
        "complaint_step",
        sa.Column("complaint_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("body_name", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("remedy", sa.String(length=20), nullable=True),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_step_complaint_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_complaint_step_entered_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_complaint_step_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("complaint_id", "number", name=op.f("pk_complaint_step")),
    )
