"""The log of decisions."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from votingapp.store import audit
from votingapp.store.tables.audit import audit_entry


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
