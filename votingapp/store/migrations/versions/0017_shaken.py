"""Whether the database has forgotten in which order a closed urn's ballots came."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("urn", sa.Column("shaken", sa.Boolean(), nullable=False, server_default=sa.false()))
