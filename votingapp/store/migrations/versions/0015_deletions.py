"""The deletion of an election's personal data."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletion",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=36), nullable=True),
        sa.Column("counts_json", sa.Text(), nullable=True),
        sa.Column("checked_json", sa.Text(), nullable=True),
        sa.Column("certificate_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_deletion_asked_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["staff.id"], name=op.f("fk_deletion_confirmed_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_deletion_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_deletion")),
    )
