"""What is append-only is not replaced by the number of its row, nor let go for a deletion that stands in a temporary table."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_REFUSED = {
    "audit_entry": "the log is append-only",
    "audit_words": "the log is append-only",
    "look": "the log of looks is append-only",
    "deletion": "a deletion is not taken back",
}
_LOOKING = (
    "refuse_look_to_go",
    "refuse_words_to_go",
    "refuse_ballot_of_both",
    "refuse_challenged_ballot_of_both",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def _guard_postgres() -> None:
    # Or the table that they look into is a temporary one of whoever asks, for which PostgreSQL looks first.
    for function in _LOOKING:
        op.execute(
            f"DO $$ BEGIN EXECUTE format('ALTER FUNCTION {function}() SET search_path = %I, pg_temp', current_schema()); "
            "END $$"
        )


def _guard_sqlite() -> None:
    # INSERT OR REPLACE may name the number of a row.
    for table, said in _REFUSED.items():
        # NEW.rowid is -1 where the statement names none, and no row of ours bears that number.
        op.execute(
            f"CREATE TRIGGER {table}_no_row_replaced BEFORE INSERT ON {table} "  # noqa: S608 - names of our own
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
    op.execute(
        "CREATE TRIGGER deletion_no_replace BEFORE INSERT ON deletion "
        "WHEN EXISTS (SELECT 1 FROM deletion WHERE election_id = NEW.election_id) "
        "BEGIN SELECT RAISE(ABORT, 'a deletion is not taken back'); END"
    )
