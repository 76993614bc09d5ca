"""The key holders' confirmation of the set-up, and the trial of their sheets."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setup_confirmation",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("setup_sha256", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_setup_confirmation_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_setup_confirmation_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "position", name=op.f("pk_setup_confirmation")),
    )
    op.create_table(
        "trial_part",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_trial_part_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "owner", name=op.f("pk_trial_part")),
    )
