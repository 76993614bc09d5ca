"""The evening in the polling station (valglokalet): who was present, what went wrong, what was said, how long the queue is."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

attendance = Table(
    "attendance",
    metadata,
    election_reference(primary_key=True),
    Column("ceremony", String(10), primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="RESTRICT"), primary_key=True),
    Column("at", Instant, nullable=False),
    CheckConstraint("ceremony IN ('open', 'close')", name="ceremony"),
)
"""A member of the board confirmed with her own password that she is there."""

doubt = Table(
    "doubt",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("raised_at", Instant, nullable=False),
    staff_reference("raised_by"),
    Column("desk", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("person_id", String(36), ForeignKey("register_person.id", ondelete="RESTRICT")),
    Column("note", String(500), nullable=False),
    Column("decided_at", Instant),
    staff_reference("decided_by", nullable=True),
    Column("admit", Boolean),
    Column("reason", String(500)),
    CheckConstraint(
        "kind IN ('not_found', 'other_birth_date', 'replacement_number', 'too_young', 'not_resident', 'been_here', 'other')",
        name="kind",
    ),
    Index("ix_doubt_election_id", "election_id"),
)
"""A case in doubt (tvivlsom vælger), raised at a desk and decided by a supervisor with a reason."""

assistance = Table(
    "assistance",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("kind", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    CheckConstraint("kind IN ('two_officials', 'own_helper', 'helper_alone', 'outside_room')", name="kind"),
    CheckConstraint("number IN (-1, 1)", name="number"),
    Index("ix_assistance_election_id", "election_id"),
)
"""Help with voting (hjælp til stemmeafgivning): a press that counts one more, or takes one back, of a kind and nothing else.

`id` is that of the form that was pressed, so that a press counts once; no time, desk or person stands beside it.
"""

incident = Table(
    "incident",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("at", Instant, nullable=False),
    Column("number", Integer, nullable=False),
    Column("corrects", Integer),
    Column("desk", String(60), nullable=False),
    Column("text", Text, nullable=False),
    staff_reference("official_id", nullable=True),
    Column("code", String(40)),
    Column("level", String(10)),
    CheckConstraint("official_id IS NOT NULL OR code IS NOT NULL", name="writer"),
    UniqueConstraint("election_id", "number"),
)
"""A line of the log of incidents (hændelseslog), numbered as written. `corrects` is the number of the line that it puts right.

`desk` is the desk's name, "" where the board wrote. A line of the machine's own has no official, and the `code` and `level`
of what it noticed.
"""

station_message = Table(
    "station_message",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", String(300), nullable=False),
    staff_reference("official_id"),
    UniqueConstraint("election_id", "number"),
)
"""The newest message is the one with the highest number: a clock that was set back brings no old one up again."""

queue_report = Table(
    "queue_report",
    metadata,
    election_reference(primary_key=True),
    Column("desk", String(60), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("waiting", Integer, nullable=False),
)
"""How many stand in line at a desk, by the last report."""

shift = Table(
    "shift",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("number", Integer, nullable=False),
    Column("desk", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    staff_reference("outgoing_id", nullable=True),
    staff_reference("incoming_id"),
    Column("slips_counted", Integer),
    Column("slips_expected", Integer),
    UniqueConstraint("election_id", "number"),
)
"""Who took over a desk from whom, how many slips they counted together, and how many there should have been just then."""
