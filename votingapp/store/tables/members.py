"""What became of the members during the term: who left and why, who was asked to enter, and who stayed away."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

vacancy = Table(
    "vacancy",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("seat_id", String(36), ForeignKey("seat.id", ondelete="RESTRICT"), nullable=False),
    Column("tenure_id", String(36), ForeignKey("tenure.id", ondelete="RESTRICT")),
    Column("cause", String(20), nullable=False),
    Column("left_on", Date, nullable=False),
    Column("turn", Integer),
    Column("evidence_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id"),
    CheckConstraint(
        "cause IN ('resigned', 'moved_away', 'died', 'absent', 'withdrew', 'not_appointed', 'annulled')", name="cause"
    ),
    Index("ix_vacancy_seat_id", "seat_id"),
    Index("ix_vacancy_election_id", "election_id"),
)
"""A seat became free after the day `left_on`; `tenure_id` is empty where whom the count gave it to never sat.

`turn` is the place that people gave it among the seats that became free on the same day. How it is known is sealed.
"""

vacancy_step = Table(
    "vacancy_step",
    metadata,
    Column("vacancy_id", String(36), ForeignKey("vacancy.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(20), nullable=False),
    Column("candidate", String(20)),
    Column("happened_on", Date, nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id", nullable=True),
    CheckConstraint(
        "step IN ('proposed', 'postponed', 'approved', 'refused', 'accepted', 'declined', 'unable', 'left_vacant', 'withdrawn')",
        name="step",
    ),
)
"""What happened with a free seat, in order, from 1; `candidate` is who is proposed ("c7"). The words, and who was passed over
and why where somebody was proposed, are sealed."""

substitute_word = Table(
    "substitute_word",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("candidate", String(20), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("told_on", Date, nullable=False),
    Column("evidence_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    staff_reference("second_id"),
    CheckConstraint("reason IN ('moved_away', 'died', 'withdrew', 'engaged')", name="reason"),
    Index("ix_substitute_word_election_id", "election_id"),
)
"""Why a substitute can no longer enter, known since a day."""

absence = Table(
    "absence",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    Column("tenure_id", String(36), ForeignKey("tenure.id", ondelete="RESTRICT"), nullable=False),
    Column("met_on", Date, nullable=False),
    Column("excused", Boolean, nullable=False),
    Column("note_sealed", LargeBinary, nullable=False),
    Column("entered_at", Instant, nullable=False),
    staff_reference("entered_by"),
    Column("excused_at", Instant),
    staff_reference("excused_by", nullable=True),
    Index("ix_absence_tenure_id_met_on", "tenure_id", "met_on", unique=True),
    Index("ix_absence_election_id", "election_id"),
)
"""A member stayed away from one meeting (udeblivelse); `excused_by` is who noted a reason that came afterwards."""
