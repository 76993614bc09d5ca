"""The urn (stemmeurne): a set of sealed ballots that remembers no voter, no time and no order.

No row here is tied to the election table by a foreign key, and a ballot's primary key is its own hash: the only
things the booth shares with the desk are the urn's name and the number of slips issued.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from votingapp.store.columns import metadata

urn = Table(
    "urn",
    metadata,
    Column("uuid", String(22), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("slips_printed", Integer, nullable=False),
    Column("slips_issued", Integer, nullable=False),
    Column("election_json", Text),
    Column("trustees_json", Text),
    Column("shaken", Boolean, nullable=False, server_default=false()),
    CheckConstraint("state IN ('not_open', 'open', 'closed')", name="state"),
    CheckConstraint("slips_issued <= slips_printed", name="slips"),
)


def _urn_reference(*, primary_key: bool) -> Column[str]:
    return Column(
        "urn_uuid",
        String(22),
        ForeignKey("urn.uuid", ondelete="RESTRICT"),
        primary_key=primary_key,
        nullable=False,
    )


public_credential = Table(
    "public_credential",
    metadata,
    _urn_reference(primary_key=True),
    Column("credential", String(64), primary_key=True),
    Column("void", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
)
"""`void` slips were given back unused: no ballot is taken on them."""

ballot = Table(
    "ballot",
    metadata,
    Column("hash", String(64), primary_key=True),
    _urn_reference(primary_key=False),
    Column("credential", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("urn_uuid", "credential"),
    sqlite_with_rowid=False,
)

challenged_ballot = Table(
    "challenged_ballot",
    metadata,
    Column("hash", String(64), primary_key=True),
    _urn_reference(primary_key=False),
    sqlite_with_rowid=False,
)
"""Ballots that were opened to their voters. Triggers (migration 0004) refuse a hash that the other table has."""
