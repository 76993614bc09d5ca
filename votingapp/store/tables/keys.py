"""The key ceremony: what each board member's own device sent, all of it public or sealed to its recipient."""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from votingapp.store.columns import metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

ceremony = Table(
    "ceremony",
    metadata,
    election_reference(primary_key=True),
    Column("trustees", Integer, nullable=False),
    Column("threshold", Integer, nullable=False),
)

trustee = Table(
    "trustee",
    metadata,
    election_reference(primary_key=True),
    Column("position", Integer, primary_key=True),
    staff_reference(),
    Column("certificate", Text),
    Column("dealing", Text),
    Column("share", Text),
    UniqueConstraint("election_id", "staff_id"),
)
