"""The record as drawn up, in versions, and its signatures."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawn_record",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("drawn_by", sa.String(length=36), nullable=False),
        sa.Column("drawn_by_name", sa.String(length=100), nullable=False),
        sa.Column("signers_json", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_drawn_record_version")),
        sa.ForeignKeyConstraint(["drawn_by"], ["staff.id"], name=op.f("fk_drawn_record_drawn_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_drawn_record_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "version", name=op.f("pk_drawn_record")),
    )
    op.create_table(
        "record_signature",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.CheckConstraint("way IN ('key', 'password', 'absent')", name=op.f("ck_record_signature_way")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_record_signature_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_record_signature_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "version", "staff_id", name=op.f("pk_record_signature")),
    )
    op.create_table(
        "record_statement",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stated_at", Instant(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_record_statement_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_record_statement_second_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_record_statement_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "code", name=op.f("pk_record_statement")),
    )
