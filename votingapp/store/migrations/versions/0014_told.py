"""Letters that belong to no nomination."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("told_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_told_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_told_message_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
    )
    op.create_index("ix_told_election_id_kind_about", "told", ["election_id", "kind", "about"], unique=True)
