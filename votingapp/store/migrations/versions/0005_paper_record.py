"""The papers of the booths: what two counted in their box, and what explains a difference to the urn."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from votingapp.store.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "paper_record_count",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        _staff("official_id"),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("round >= 1", name=op.f("ck_paper_record_count_round")),
        _key("paper_record_count", "official_id", "staff.id"),
    )
    _create(
        "paper_record_explanation",
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _staff("official_id"),
        _staff("second_id"),
        sa.CheckConstraint(
            "account IN ('paper_record', 'paper_record_votes')", name=op.f("ck_paper_record_explanation_account")
        ),
        _key("paper_record_explanation", "official_id", "staff.id"),
        _key("paper_record_explanation", "second_id", "staff.id"),
    )
    op.create_table(
        "paper_record_result",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _key("paper_record_result", "election_id", "election.id"),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_record_result")),
    )


def _create(table: str, *parts: SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        *parts,
        _key(table, "election_id", "election.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_election_id", table, ["election_id"], unique=False)


def _staff(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")
