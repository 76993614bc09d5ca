"""What became of the members during the term."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("tenure_id", sa.String(length=36), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_absence_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_absence_entered_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_absence_tenure_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_tenure_id_met_on", "absence", ["tenure_id", "met_on"], unique=True)
    op.create_table(
        "vacancy",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("tenure_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_vacancy_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_vacancy_entered_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_vacancy_tenure_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    op.create_index("ix_vacancy_election_id", "vacancy", ["election_id"], unique=False)
    op.create_index("ix_vacancy_tenure_id", "vacancy", ["tenure_id"], unique=True)
    op.create_table(
        "vacancy_step",
        sa.Column("vacancy_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_vacancy_step_entered_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_vacancy_step_second_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_step_vacancy_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("vacancy_id", "number", name=op.f("pk_vacancy_step")),
    )
