"""What two officials count, each alone, lies in two tables of one form for each kind of paper (`store.two_counts`)."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference


def count_table(name: str) -> Table:
    """Each counter's own figures as JSON; the same round is entered by two officials."""
    return Table(
        name,
        metadata,
        Column("id", String(36), primary_key=True),
        election_reference(),
        Column("round", Integer, nullable=False),
        Column("entered_at", Instant, nullable=False),
        staff_reference("official_id"),
        Column("figures", Text, nullable=False),
        CheckConstraint("round >= 1", name="round"),
        Index(f"ix_{name}_election_id", "election_id"),
    )


def result_table(name: str) -> Table:
    """The figures on which two counters agreed."""
    return Table(
        name,
        metadata,
        election_reference(primary_key=True),
        Column("accepted_at", Instant, nullable=False),
        Column("figures", Text, nullable=False),
    )
