"""Lots that are drawn by dice rolled in public."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lot_announcement",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("among_json", sa.Text(), nullable=False),
        sa.Column("announced_at", Instant(), nullable=False),
        sa.Column("announced_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["announced_by"], ["staff.id"], name=op.f("fk_lot_announcement_announced_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_lot_announcement_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_lot_announcement_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_lot_announcement")),
    )
    op.add_column("lot", sa.Column("kind", sa.String(length=20), nullable=False, server_default="drawn"))
    op.add_column("lot", sa.Column("digits", sa.String(length=40), nullable=True))
    # How a lot was drawn is one of two kinds now; what is written is where.
    op.alter_column("lot", "method", new_column_name="place")
