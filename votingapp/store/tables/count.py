"""The count: the encrypted sum, what each board member decrypted of it, the result and the lots drawn."""

from sqlalchemy import Column, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata
from votingapp.store.tables.elections import election_reference
from votingapp.store.tables.staff import staff_reference

count = Table(
    "count",
    metadata,
    election_reference(primary_key=True),
    Column("encrypted_tally", Text, nullable=False),
    Column("sized_tally", Text, nullable=False),
    Column("result", Text),
    Column("result_at", Instant),
    Column("archive_sha256", String(64)),
    Column("last_event", String(64)),
)

partial_decryption = Table(
    "partial_decryption",
    metadata,
    election_reference(primary_key=True),
    Column("owner", Integer, primary_key=True),
    staff_reference(),
    Column("body", Text, nullable=False),
    Column("decrypted_at", Instant, nullable=False),
    Column("set_aside_at", Instant),
)
"""A part with `set_aside_at` was found wrong by the others, though its proof holds: it is kept as evidence and counts no more."""

replaced_decryption = Table(
    "replaced_decryption",
    metadata,
    election_reference(primary_key=True),
    Column("owner", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    staff_reference(),
    Column("body", Text, nullable=False),
    Column("decrypted_at", Instant, nullable=False),
    Column("set_aside_at", Instant),
)
"""A part in whose place its holder handed in another: evidence that she cannot take back."""

lot_announcement = Table(
    "lot_announcement",
    metadata,
    election_reference(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("among_json", Text, nullable=False),
    Column("announced_at", Instant, nullable=False),
    staff_reference("announced_by"),
    staff_reference("second_id"),
)
"""Said before the dice are rolled: who is tied, and the number of the lot, so that nobody chooses among rolls."""

lot = Table(
    "lot",
    metadata,
    election_reference(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("drawn_json", Text, nullable=False),
    Column("kind", String(20), nullable=False, server_default="drawn"),
    Column("digits", String(40)),
    Column("place", String(200), nullable=False),
    Column("witnesses", String(300), nullable=False),
    Column("drawn_at", Instant, nullable=False),
    staff_reference("entered_by"),
)
"""Who confirmed it stands in the log. `place` of a lot that is older than its `kind` says how it was drawn."""
