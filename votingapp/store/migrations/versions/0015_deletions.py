"""The deletion of an election's personal data; from then on its looks may go, which nothing else removes."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletion",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=False),
        sa.Column("ordered_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_deletion_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["ordered_by"], ["staff.id"], name=op.f("fk_deletion_ordered_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name=op.f("fk_deletion_second_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_deletion")),
    )
    op.create_table(
        "deletion_check",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("searched", sa.Boolean(), nullable=False),
        sa.Column("found", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_deletion_check_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_deletion_check")),
    )
    _let_looks_go_with_the_roll()


def _let_looks_go_with_the_roll() -> None:
    # Whoever looked at somebody cannot take it back; but when the person herself is deleted, so is who looked at her.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER look_no_delete")
        op.execute(
            "CREATE TRIGGER look_no_delete BEFORE DELETE ON look "
            "WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE election_id = OLD.election_id) "
            "BEGIN SELECT RAISE(ABORT, 'the log of looks is append-only'); END"
        )
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER deletion_no_{verb.lower()} BEFORE {verb} ON deletion "
                "BEGIN SELECT RAISE(ABORT, 'a deletion is not taken back'); END"
            )
        return
    op.execute("DROP TRIGGER look_append_only ON look")
    op.execute(
        "CREATE TRIGGER look_append_only BEFORE UPDATE OR TRUNCATE ON look "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
    )
    op.execute(
        "CREATE FUNCTION refuse_look_to_go() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM deletion WHERE election_id = OLD.election_id) THEN "
        "RAISE EXCEPTION 'the log of looks is append-only'; END IF; RETURN OLD; END $$"
    )
    op.execute("CREATE TRIGGER look_kept BEFORE DELETE ON look FOR EACH ROW EXECUTE FUNCTION refuse_look_to_go()")
    op.execute(
        "CREATE TRIGGER deletion_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON deletion "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
    )
