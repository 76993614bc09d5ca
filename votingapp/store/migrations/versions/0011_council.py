"""The council that is composed, the item for the byråd and its rulings."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=False),
        sa.Column("kle", sa.String(length=60), nullable=False),
        sa.Column("sections_json", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["staff.id"], name=op.f("fk_case_file_changed_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_case_file_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_case_file")),
    )
    op.create_table(
        "council_item",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_council_item_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_council_item_made_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", "version", name=op.f("pk_council_item")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seat_group", sa.String(length=100), nullable=True),
        sa.Column("given_to", sa.String(length=20), nullable=True),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("proposed", sa.String(length=250), nullable=True),
        sa.CheckConstraint("kind IN ('elected', 'appointed', 'byraad')", name=op.f("ck_seat_kind")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_seat_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index("ix_seat_election_id_number", "seat", ["election_id", "number"], unique=True)
    op.create_table(
        "tenure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("nomination_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_tenure_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_tenure_nomination_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_tenure_seat_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
    )
    op.create_index("ix_tenure_election_id", "tenure", ["election_id"], unique=False)
    op.create_index("ix_tenure_seat_id", "tenure", ["seat_id"], unique=False)
    op.create_table(
        "ruling",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("body_name", sa.String(length=200), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=False),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ruled_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("answer IN ('approved', 'returned', 'not_appointed')", name=op.f("ck_ruling_answer")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ruling_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_ruling_entered_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_ruling_seat_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name=op.f("fk_ruling_second_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index("ix_ruling_election_id_number", "ruling", ["election_id", "number"], unique=True)
    op.create_index("ix_ruling_seat_id", "ruling", ["seat_id"], unique=False)
