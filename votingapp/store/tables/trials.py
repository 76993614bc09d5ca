"""Before anybody votes, each key holder confirms what she sees, and k of n try in public whether their sheets open."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

setup_confirmation = Table(
    "setup_confirmation",
    metadata,
    election_reference(primary_key=True),
    Column("position", Integer, primary_key=True),
    staff_reference(),
    Column("agrees", Boolean, nullable=False),
    Column("setup_sha256", String(64), nullable=False),
    Column("confirmed_at", Instant, nullable=False),
)
"""The hash of the set-up as found by the device of the holder at `position` (1 and up); does the public page say the same?"""

trial_part = Table(
    "trial_part",
    metadata,
    election_reference(primary_key=True),
    Column("owner", Integer, primary_key=True),
    Column("part", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
)
"""A holder's decryption of the trial sum, whose content is public; it never enters an archive."""
