"""How far the journal on the backup stick has come: one row, changed under the same lock as what it keeps account of.

It names no act, no person and no ballot. `lost_at` is cut to the whole minute: the time of a failure, not of an act.
"""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Integer, String, Table, false

from votingapp.store.columns import Instant, metadata

journal_mark = Table(
    "journal_mark",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("serial", BigInteger, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("following", Boolean, nullable=False, server_default=false()),
    Column("size", BigInteger, nullable=False, server_default="0"),
    Column("snapshot_epoch", Integer),
    Column("snapshot_serial", BigInteger),
    Column("snapshot_at", Instant),
    Column("lost_at", Instant),
    Column("why", String(20)),
    Column("forget", Integer, nullable=False, server_default="0"),
    CheckConstraint("id = 1", name="single"),
)
"""`serial` is raised by each transaction that is journaled; `epoch` numbers the journals, and `size` is how many bytes of the
present one count; `following` while what is kept is also written there. `snapshot_…` is the last whole copy on the stick.
`lost_at` and `why`: since when the stick has not been enough to go on from. `forget`: how often the copies of before were told
to go, 0 when they are gone."""
