"""The council that is composed: its seats, who sits on each and since when, the item for the byråd and what it ruled."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

case_file = Table(
    "case_file",
    metadata,
    election_reference(primary_key=True),
    Column("case_number", String(60), nullable=False),
    Column("kle", String(60), nullable=False),
    Column("sections_json", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    staff_reference("changed_by"),
)
"""The council item (dagsordenspunkt) as it is being written."""

council_item = Table(
    "council_item",
    metadata,
    election_reference(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("docx", LargeBinary, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    staff_reference("made_by"),
)
"""The item as it was sent to the byråd."""

seat = Table(
    "seat",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("number", Integer, nullable=False),
    Column("category", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("seat_group", String(100)),
    Column("given_to", String(20)),
    Column("candidate", String(20)),
    Column("proposed", String(250)),
    CheckConstraint("kind IN ('elected', 'appointed', 'byraad')", name="kind"),
    Index("ix_seat_election_id_number", "election_id", "number", unique=True),
)
"""One seat (plads) of the whole council; `seat_group` is the group that an elected seat is reserved for.

`given_to` is the count's id (c7) of whom the election gave the seat to. `proposed` is the name of who is proposed for it now,
empty for a seat that is vacant, and `candidate` her id where she stood at the election: the same person, until the byråd
does not appoint her and another is proposed.
"""

tenure = Table(
    "tenure",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("seat_id", String(36), ForeignKey("seat.id", ondelete="RESTRICT"), nullable=False),
    Column("candidate", String(20)),
    Column("nomination_id", String(36), ForeignKey("nomination.id", ondelete="RESTRICT")),
    Column("name", String(250), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Index("ix_tenure_seat_id", "seat_id"),
    Index("ix_tenure_election_id", "election_id"),
)
"""Who sits on a seat, from first day to last; `candidate` is the count's id (c7). Why she left stands with the vacancy."""

ruling = Table(
    "ruling",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("number", Integer, nullable=False),
    Column("seat_id", String(36), ForeignKey("seat.id", ondelete="RESTRICT"), nullable=False),
    Column("met_on", Date, nullable=False),
    Column("body_name", String(200), nullable=False),
    Column("case_number", String(60), nullable=False),
    Column("candidate", String(20)),
    Column("name", String(250), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("ruled_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id"),
    CheckConstraint("answer IN ('approved', 'returned', 'not_appointed')", name="answer"),
    Index("ix_ruling_election_id_number", "election_id", "number", unique=True),
    Index("ix_ruling_seat_id", "seat_id"),
)
"""What the byråd decided of the person proposed for one seat, in the words of its minutes; the last of a seat counts.

`number` is the order in which rulings were entered, from 1. `name` is as it was then; `candidate` is her id at the
count, empty for a person who did not stand.
"""
