"""The papers of the booths (kontrolsedler): what each counter found, what two agreed on, and what explains a difference."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.counted_twice import count_table, result_table
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

paper_record_count = count_table("paper_record_count")
"""`figures` is the JSON of `tally.paper_record`; the same round is entered by two officials."""

paper_record_result = result_table("paper_record_result")
"""The figures on which two counters agreed."""

paper_record_explanation = Table(
    "paper_record_explanation",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("at", Instant, nullable=False),
    Column("account", String(40), nullable=False),
    Column("expected", Integer, nullable=False),
    Column("found", Integer, nullable=False),
    Column("text", Text, nullable=False),
    staff_reference("official_id"),
    staff_reference("second_id"),
    CheckConstraint("account IN ('paper_record', 'paper_record_votes')", name="account"),
    Index("ix_paper_record_explanation_election_id", "election_id"),
)
"""A difference to the urn, explained in words and signed by two; the same difference with other figures is another one."""
