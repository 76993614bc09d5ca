"""The photographs of those who stand, sealed until they are shown: one upright picture, and the squares cut from it."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.applicants import applicant_reference
from votingapp.store.tables.elections import election_reference

photo = Table(
    "photo",
    metadata,
    Column("id", String(36), primary_key=True),
    election_reference(),
    applicant_reference(nullable=True),
    Column("source_sealed", LargeBinary, nullable=False),
    Column("page_sealed", LargeBinary, nullable=False),
    Column("ballot_sealed", LargeBinary, nullable=False),
    Column("crop_x", Integer, nullable=False),
    Column("crop_y", Integer, nullable=False),
    Column("crop_size", Integer, nullable=False),
    Column("added_at", Instant, nullable=False),
    Index("ix_photo_applicant_id", "applicant_id"),
)
