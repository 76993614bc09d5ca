"""Promise 1 in the tables: nothing that names a person leads to a ballot, by key, by column or by row number."""

from __future__ import annotations

import re
import sqlite3

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import OperationalError

from votingapp.store.tables import metadata

URN_SIDE = {"urn", "public_credential", "ballot", "challenged_ballot"}
BRIDGE = ("election", "urn_uuid")
"""The one word both sides know: an election states the name of its urn. Thousands of ballots share it."""

HOMONYMS = {
    "body": "of a member's decryption of the sum, and of a ballot: the bytes that came",
    "hash": "of a log entry, and of a ballot: each the digest of its own row",
    "state": "of a nomination, and of an urn as a whole",
}
"""Columns of one name that hold different things; `test_secrecy_of_the_day` compares what they hold."""


@pytest.fixture(params=["metadata", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def schema(request):
    """Tables as the program states them and as each database has them: name -> (columns, tables referred to)."""
    if request.param == "metadata":
        return {
            name: ({column.name for column in table.columns}, {key.column.table.name for key in table.foreign_keys})
            for name, table in metadata.tables.items()
        }
    found = inspect(request.getfixturevalue(f"{request.param}_store").engine)
    return {
        name: (
            {column["name"] for column in found.get_columns(name)},
            {key["referred_table"] for key in found.get_foreign_keys(name)},
        )
        for name in found.get_table_names()
    }


def test_no_path_of_foreign_keys_leads_from_a_person_to_the_urn(schema):
    """Followed in either direction, the keys of the urn's tables reach none but one another."""
    reached, edge = set(), {"ballot"}
    while edge:
        reached |= edge
        onward = {target for table in edge for target in schema[table][1]}
        back = {table for table, (_columns, targets) in schema.items() if targets & edge}
        edge = (onward | back) - reached
    assert reached == URN_SIDE


def test_no_column_is_shared_but_the_name_of_the_urn(schema):
    """A join by equal names finds the election's urn and nothing else that means the same."""
    urn_columns = set().union(*(schema[table][0] for table in URN_SIDE))
    shared = {
        (table, column)
        for table, (columns, _targets) in schema.items()
        if table not in URN_SIDE
        for column in columns & urn_columns
        if column not in HOMONYMS
    }
    assert shared == {BRIDGE}


def test_a_ballot_is_its_hash_its_urn_its_credential_and_its_bytes(schema):
    """A ballot row has no time, serial, session, address, language or anything else."""
    assert schema["ballot"][0] == {"hash", "urn_uuid", "credential", "body"}
    assert schema["public_credential"][0] == {"urn_uuid", "credential", "void"}


def test_an_opened_ballot_is_its_hash_and_its_urn(schema):
    """Of a challenge nothing is kept that leads to the slip, to the ballot cast with it, or to an hour."""
    assert schema["challenged_ballot"][0] == {"hash", "urn_uuid"}


def test_an_admission_knows_no_slip(schema):
    """The desk's rows name a person and never a credential, a slip or a ballot."""
    assert schema["admission"][0] == {
        "election_id",
        "person_id",
        "admitted_at",
        "desk",
        "admitted_by",
        "declaration_text",
        "declared_at",
        "number",
        "channel",
        "from_printed_roll",
    }


def test_a_device_knows_no_vote_and_nothing_refers_to_it(schema):
    """A booth's row has the last instant it was seen and no other of its use; no row of any table is a device's doing."""
    columns, targets = schema["device"]
    assert columns == {
        "id",
        "election_id",
        "kind",
        "name",
        "code_sha256",
        "token_sha256",
        "invited_at",
        "invited_by",
        "joined_at",
        "seen_at",
        "clock_off",
        "revoked_at",
        "revoked_by",
    }
    assert targets == {"election", "staff"}
    assert not [name for name, (_columns, referred) in schema.items() if "device" in referred]


def test_a_look_knows_no_slip_and_no_desk(schema):
    """What is noted at the check-in holds less than the admission does: a person, an official, an instant and a page."""
    columns, targets = schema["look"]
    assert columns == {"id", "election_id", "at", "staff_id", "subject_hash", "nomination_id", "what"}
    assert targets == {"election", "staff", "nomination"}


@pytest.mark.parametrize("table", ["ballot", "challenged_ballot", "public_credential"])
def test_sqlite_numbers_no_row_of_the_urn(store, table):
    """SQLite gives each row of an ordinary table a rising number; the urn's tables have none to give."""
    with store.reading() as connection, pytest.raises(OperationalError, match="no such column: rowid"):
        connection.execute(select(text("rowid")).select_from(text(table)))


def test_no_trigger_writes_beside_a_ballot(migrated_sqlite):
    """No view, extra table or trigger touches the urn's tables, but those that refuse a ballot both cast and opened, and write nothing."""
    connection = sqlite3.connect(migrated_sqlite)
    try:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    finally:
        connection.close()
    beside = [row for row in rows if row[0] in {"trigger", "view"} and any(table in row[3] for table in URN_SIDE)]
    assert {row[1] for row in beside} == {
        f"{table}_not_both_{verb}" for table in ("ballot", "challenged_ballot") for verb in ("insert", "update")
    }
    assert all(re.search(r" BEGIN SELECT RAISE\(ABORT, '[^';]*'\); END$", row[3]) for row in beside)
    assert {row[1] for row in rows if row[0] == "table"} == {*metadata.tables, "alembic_version"}
