"""The log of decisions."""

import hashlib
import json

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from votingapp.store import audit
from votingapp.store.log_words import FORGETTING, Words
from votingapp.store.tables.audit import audit_entry, audit_words

ENTRY = "chain, serial, at, actor, act, details, previous, hash"


def write_entries(store, count: int, chain: str = "e1") -> None:
    for number in range(count):
        store.write(lambda work, number=number: work.record(chain, "anna", "decided", number=number, name="Søren Ærø"))


def test_chain_of_entries_holds(any_store):
    """A chain that nobody touched has no broken link, on either database."""
    write_entries(any_store, 5)
    with any_store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") is None
        assert [entry.serial for entry in audit.entries(connection, "e1")] == [1, 2, 3, 4, 5]


def test_chains_are_counted_apart(any_store):
    """Each election has a chain of its own that starts at one."""
    write_entries(any_store, 2, "e1")
    write_entries(any_store, 1, "e2")
    with any_store.reading() as connection:
        assert [entry.serial for entry in audit.entries(connection, "e2")] == [1]


@pytest.mark.parametrize("change", [update(audit_entry).values(actor="nobody"), delete(audit_entry)])
def test_database_refuses_to_change_the_log(any_store, change):
    """Neither an update nor a removal gets past the database itself."""
    write_entries(any_store, 2)
    with any_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET details = '{}' WHERE serial = 2",
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE serial = 2",
        "UPDATE audit_entry SET actor = 'other' WHERE serial = 2",
        "DELETE FROM audit_entry WHERE serial = 2",
        "UPDATE audit_entry SET serial = 9 WHERE serial = 3",
    ],
)
def test_a_change_behind_the_databases_back_is_found(store, change):
    """Who takes the guard off and changes, removes or moves an entry leaves a broken link."""
    write_entries(store, 3)
    with store.engine.connect() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        connection.execute(text(change))
        connection.commit()
    with store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") is not None


def test_an_entry_is_not_replaced(store):
    """SQLite's INSERT OR REPLACE would take an entry away without asking for its removal, and is refused as well."""
    write_entries(store, 2)
    again = "INSERT OR REPLACE INTO audit_entry SELECT chain, serial, at, 'nobody', act, details, previous, "
    for row in ("hash FROM audit_entry WHERE serial = 2", "'other' FROM audit_entry WHERE serial = 2"):
        with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(again + row))


def test_an_entry_is_not_replaced_by_the_number_of_its_row(store):
    """Nor where the statement names SQLite's own number of a row, and another chain."""
    write_entries(store, 2)
    columns = "at, actor, act, details, previous, 'other' FROM audit_entry WHERE serial = 2"
    again = f"INSERT OR REPLACE INTO audit_entry (rowid, {ENTRY}) SELECT 1, 'e2', 1, {columns}"
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(again))


def write_words(store, text: str = "Søren Ærø bor i Roskilde", name: str = "reason") -> None:
    store.write(lambda work: work.record("e1", "anna", "decided", **{name: Words(text)}))


def test_words_are_told_and_are_not_in_the_entry_itself(any_store):
    """Whoever reads the log has them in their place; the row of the log holds the hash of a salt and the words."""
    write_words(any_store)
    with any_store.reading() as connection:
        (row,) = connection.execute(select(audit_entry.c.details)).scalars()
        (entry,) = audit.entries(connection, "e1")
        kept = connection.execute(select(audit_words)).one()
        assert audit.last(connection, "e1") == entry
    assert json.loads(entry.details) == {"reason": "Søren Ærø bor i Roskilde"}
    sealed = hashlib.sha256(f"{kept.salt}\n{kept.about}\n{kept.text}".encode()).hexdigest()
    assert json.loads(row) == {"reason": {"words_sha256": sealed}}
    assert (len(kept.salt), kept.text) == (32, "Søren Ærø bor i Roskilde")


def test_the_same_words_have_another_hash_each_time(store):
    """Or a short reason would be known again by its hash when it is gone."""
    write_words(store, "Flyttet")
    write_words(store, "Flyttet")
    with store.reading() as connection:
        first, second = connection.execute(select(audit_entry.c.details)).scalars()
    assert first != second


def test_no_words_leave_nothing_behind(store):
    """A form whose field for remarks was left empty."""
    write_words(store, "")
    with store.reading() as connection:
        assert connection.execute(select(audit_words)).all() == []
        assert json.loads(audit.last(connection, "e1").details) == {"reason": ""}


@pytest.mark.parametrize("change", [update(audit_words).values(text="intet"), delete(audit_words)])
def test_database_refuses_to_change_words(any_store, change):
    """They are as append-only as the log, until the personal data of their election is deleted."""
    write_words(any_store)
    with any_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(change)


@pytest.mark.postgres
def test_a_deletion_of_ones_own_lets_no_words_go(postgres_store):
    """PostgreSQL looks for a table among the temporary ones first; the guard does not."""
    write_words(postgres_store)
    with postgres_store.engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE deletion AS SELECT 'e1' AS election_id"))
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(delete(audit_words))


def test_words_are_not_replaced(store):
    """Neither by SQLite's own way around a removal."""
    write_words(store)
    again = "INSERT OR REPLACE INTO audit_words SELECT chain, serial, name, about, salt, 'intet' FROM audit_words"
    by_row = "INSERT OR REPLACE INTO audit_words (rowid, chain, serial, name, about, salt, text) VALUES "
    for change in (again, f"{by_row} (1, 'e1', 1, 'note', '', '', '')"):
        with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(change))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_words SET text = 'intet'",
        "UPDATE audit_words SET name = 'note'",
        "UPDATE audit_words SET about = 'n1'",
        "UPDATE audit_words SET salt = salt || char(10) || 'Afvist', text = 'Lukket ind'",
        "UPDATE audit_words SET about = char(10) || 'Afvist', text = 'Lukket ind'",
        "DELETE FROM audit_words",
    ],
)
def test_other_words_behind_the_databases_back_are_found(store, change):
    """What stands beside an entry must be what it speaks of, whole; and it stands there until the deletion."""
    write_words(store, "Afvist\nLukket ind")
    with store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") is None
    behind_the_back(store, change)
    with store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") == 1


def behind_the_back(store, change: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_words_no_update"))
        connection.execute(text("DROP TRIGGER audit_words_no_delete"))
        connection.execute(text(change))


@pytest.mark.parametrize(
    ("taken", "told", "broken"),
    [
        ("DELETE FROM audit_words WHERE serial < 3", 2, None),
        ("DELETE FROM audit_words WHERE serial < 3", 1, 4),
        ("DELETE FROM audit_words WHERE serial < 2", 2, 4),
        ("DELETE FROM audit_words", 2, 5),
    ],
)
def test_as_many_words_are_gone_as_the_deletion_tells(store, taken, told, broken):
    """One more that was taken out with them, before or after, is found; the third entry has none."""
    write_words(store)
    write_words(store)
    write_words(store, "")
    store.write(lambda work: work.record("e1", "anna", FORGETTING, went={"words": told}))
    write_words(store)
    behind_the_back(store, taken)
    with store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") == broken
