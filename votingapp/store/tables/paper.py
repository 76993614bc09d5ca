"""The paper ballots (papirstemmesedler) as counted by hand: each counter's own figures, whatever the other one found."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

paper_count = Table(
    "paper_count",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("round", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("official_id"),
    Column("figures", Text, nullable=False),
    CheckConstraint("round >= 1", name="round"),
    Index("ix_paper_count_election_id", "election_id"),
)
"""`figures` is JSON: votes by ballot number, blank, invalid by reason; the same round is entered by two officials."""

paper_result = Table(
    "paper_result",
    metadata,
    election_reference(primary_key=True),
    Column("accepted_at", Instant, nullable=False),
    Column("figures", Text, nullable=False),
)
"""The figures on which two counters agreed; the paper column of the result."""
