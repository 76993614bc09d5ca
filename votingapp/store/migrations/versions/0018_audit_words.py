"""Words of the log that stand beside it, so that they go when the person of whom they speak goes."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_words",
        sa.Column("chain", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain", "serial"],
            ["audit_entry.chain", "audit_entry.serial"],
            name=op.f("fk_audit_words_chain"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("chain", "serial", "name", name=op.f("pk_audit_words")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def _guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER audit_words_no_update BEFORE UPDATE ON audit_words "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_words_no_delete BEFORE DELETE ON audit_words "
        "WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE election_id = OLD.chain) "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )
    # INSERT OR REPLACE removes the row in its way without asking the trigger for DELETE.
    op.execute(
        "CREATE TRIGGER audit_words_no_replace BEFORE INSERT ON audit_words WHEN EXISTS (SELECT 1 FROM audit_words "
        "WHERE chain = NEW.chain AND serial = NEW.serial AND name = NEW.name) "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )


def _guard_postgres() -> None:
    op.execute(
        "CREATE TRIGGER audit_words_append_only BEFORE UPDATE OR TRUNCATE ON audit_words "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
    )
    op.execute(
        "CREATE FUNCTION refuse_words_to_go() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM deletion WHERE election_id = OLD.chain) THEN "
        "RAISE EXCEPTION 'the log is append-only'; END IF; RETURN OLD; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_words_kept BEFORE DELETE ON audit_words FOR EACH ROW EXECUTE FUNCTION refuse_words_to_go()"
    )
