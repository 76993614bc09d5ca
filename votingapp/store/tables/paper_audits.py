"""The audit of the papers of the booths (kontrolsedler): manifest, announcement, dice, what two read, and a full count."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.counted_twice import count_table, result_table
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

paper_audit = Table(
    "paper_audit",
    metadata,
    election_reference(primary_key=True),
    Column("batches_json", Text, nullable=False),
    Column("announcement_json", Text),
    Column("digits", String(24)),
    Column("witnesses_json", Text),
    Column("rolled_at", Instant),
    Column("stopped_at", Instant),
    Column("reason", Text),
    Column("ended_at", Instant),
    Column("progress_json", Text),
)
"""How far the audit of an election has come.

`batches_json` is how many papers lie in each batch, `announcement_json` that of `tally.audit.announcement`, and `digits` what
the dice showed, which two have written down. `stopped_at`: two let all papers be counted instead, for a `reason`.
`progress_json` is how the sample ended, in totals.
"""

paper_audit_reading = Table(
    "paper_audit_reading",
    metadata,
    election_reference(primary_key=True),
    Column("draw", Integer, primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="RESTRICT"), primary_key=True),
    Column("marks_json", Text, nullable=False),
    CheckConstraint("draw >= 1", name="draw"),
)
"""What one official read on the paper that a draw took first; emptied when the sample ends, for only totals are kept."""

paper_audit_count = count_table("paper_audit_count")
"""A count of all papers by candidate in the place of a sample; `figures` is the JSON of `tally.paper_record`."""

paper_audit_result = result_table("paper_audit_result")
"""The figures of that count on which two agreed."""

paper_audit_explanation = Table(
    "paper_audit_explanation",
    metadata,
    election_reference(primary_key=True),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    staff_reference("official_id"),
    staff_reference("second_id"),
)
"""What two say of papers that give other votes or seats than the urn, once and for all."""
