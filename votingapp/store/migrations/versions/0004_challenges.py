"""Challenges: the hashes of ballots that were opened to their voters, and that the urn never takes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenged_ballot",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("urn_uuid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["urn_uuid"], ["urn.uuid"], name=op.f("fk_challenged_ballot_urn_uuid"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_challenged_ballot")),
        sqlite_with_rowid=False,
    )
    _never_both()


def _never_both() -> None:
    # What is opened is never cast, whatever a program forgets to ask.
    _refuse("ballot", "SELECT 1 FROM challenged_ballot WHERE hash = NEW.hash")
    _refuse("challenged_ballot", "SELECT 1 FROM ballot WHERE hash = NEW.hash")


def _refuse(table: str, held_by_the_other: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER {table}_not_both_{verb.lower()} BEFORE {verb} ON {table} WHEN EXISTS ({held_by_the_other}) "
                "BEGIN SELECT RAISE(ABORT, 'a ballot is cast or opened, never both'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION refuse_{table}_of_both() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF EXISTS ({held_by_the_other}) THEN "
        "RAISE EXCEPTION 'a ballot is cast or opened, never both'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_both BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}_of_both()"
    )
