"""Parts of the decryption in whose place their holder handed in another: evidence is not erased by whom it speaks of."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replaced_decryption",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("decrypted_at", Instant(), nullable=False),
        sa.Column("set_aside_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_replaced_decryption_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_replaced_decryption_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "owner", "number", name=op.f("pk_replaced_decryption")),
    )
