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
        sa.Column("excused_at", Instant(), nullable=True),
        sa.Column("excused_by", sa.String(length=36), nullable=True),
        _key("absence", "election_id", "election.id"),
        _key("absence", "entered_by", "staff.id"),
        _key("absence", "excused_by", "staff.id"),
        _key("absence", "tenure_id", "tenure.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_election_id", "absence", ["election_id"], unique=False)
    op.create_index("ix_absence_tenure_id_met_on", "absence", ["tenure_id", "met_on"], unique=True)
    op.create_table(
        "substitute_word",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("candidate", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "reason IN ('moved_away', 'died', 'withdrew', 'engaged')", name=op.f("ck_substitute_word_reason")
        ),
        _key("substitute_word", "election_id", "election.id"),
        _key("substitute_word", "entered_by", "staff.id"),
        _key("substitute_word", "second_id", "staff.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute_word")),
    )
    op.create_index("ix_substitute_word_election_id", "substitute_word", ["election_id"], unique=False)
    op.create_table(
        "vacancy",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("tenure_id", sa.String(length=36), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "cause IN ('resigned', 'moved_away', 'died', 'absent', 'withdrew', 'not_appointed', 'annulled')",
            name=op.f("ck_vacancy_cause"),
        ),
        _key("vacancy", "election_id", "election.id"),
        _key("vacancy", "entered_by", "staff.id"),
        _key("vacancy", "seat_id", "seat.id"),
        _key("vacancy", "second_id", "staff.id"),
        _key("vacancy", "tenure_id", "tenure.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    op.create_index("ix_vacancy_election_id", "vacancy", ["election_id"], unique=False)
    op.create_index("ix_vacancy_seat_id", "vacancy", ["seat_id"], unique=False)
    op.create_table(
        "vacancy_step",
        sa.Column("vacancy_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("candidate", sa.String(length=20), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "step IN ('proposed', 'postponed', 'approved', 'refused', 'accepted', 'declined', 'unable', 'left_vacant', "
            "'withdrawn')",
            name=op.f("ck_vacancy_step_step"),
        ),
        _key("vacancy_step", "entered_by", "staff.id"),
        _key("vacancy_step", "second_id", "staff.id"),
        _key("vacancy_step", "vacancy_id", "vacancy.id"),
        sa.PrimaryKeyConstraint("vacancy_id", "number", name=op.f("pk_vacancy_step")),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")
