"""Parts of the decryption that were found wrong though their proofs hold."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partial_decryption", sa.Column("set_aside_at", Instant(), nullable=True))
