"""How far the journal on the backup has come: one row, whose serial each kept transaction raises by one."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, Table

from votingapp.store.columns import metadata

journal_mark = Table(
    "journal_mark",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("serial", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="single"),
)
