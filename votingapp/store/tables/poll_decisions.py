"""Decisions on the poll as a whole: annulled (annulleret) or held on another day (udsat)."""

from sqlalchemy import CheckConstraint, Column, Date, Index, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

poll_decision = Table(
    "poll_decision",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("kind", String(20), nullable=False),
    Column("body_name", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("new_opens_at", Instant),
    Column("new_closes_at", Instant),
    Column("decided_on", Date, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id"),
    CheckConstraint("kind IN ('annulled', 'postponed')", name="kind"),
    Index("ix_poll_decision_election_id", "election_id"),
)
"""`body_name` is who decided (valgbestyrelse, byråd, ministry); the new hours stand where the poll is postponed.

`decided_on` is the day of the decision, and `entered_at` when two officials wrote it in here.
"""
