"""The ledger of what is handed over on paper (stemmeseddelregnskab): movements of slips and paper ballots, in counts alone.

A row says how many, never which: no slip and no voter is named.
"""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text, UniqueConstraint

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

movement = Table(
    "movement",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("serial", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("paper", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("desk", String(60), nullable=False),
    Column("number", Integer, nullable=False),
    Column("expected", Integer),
    staff_reference("official_id"),
    staff_reference("second_id", nullable=True),
    Column("note", String(500), nullable=False),
    CheckConstraint("paper IN ('slip', 'ballot')", name="paper"),
    CheckConstraint("number >= 0", name="number"),
    UniqueConstraint("election_id", "paper", "serial"),
)
"""`desk` is the desk's name, "" for the board's own box; the kinds are those of `ballots.slips.Movement`.

`serial` counts the lines as they are written, whatever the clock did; `expected` stands with a count alone and says how
many should have lain in the box, or in its envelope, at that moment.
"""

explanation = Table(
    "explanation",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("at", Instant, nullable=False),
    Column("paper", String(10), nullable=False),
    Column("code", String(40), nullable=False),
    Column("desk", String(60), nullable=False),
    Column("expected", Integer, nullable=False),
    Column("found", Integer, nullable=False),
    Column("text", Text, nullable=False),
    staff_reference("official_id"),
    staff_reference("second_id"),
    CheckConstraint("paper IN ('slip', 'ballot')", name="paper"),
    Index("ix_explanation_election_id", "election_id"),
)
"""A difference in the account, explained in words and signed by two; the same difference with other figures is another one."""
