"""The elections of the house, each sealed off from the others by its id in every table."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from votingapp.store.columns import Instant, metadata

election = Table(
    "election",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("slug", String(60), nullable=False, unique=True),
    Column("rehearsal", Boolean, nullable=False),
    Column("rules_text", Text, nullable=False),
    Column("rules_sha256", String(64), nullable=False),
    Column("founded_at", Instant, nullable=False),
    Column("urn_uuid", String(22), nullable=False, unique=True),
    Column("frozen_at", Instant),
    Column("opened_at", Instant),
    Column("doors_closed_at", Instant),
    Column("queue_at_close", Integer),
    Column("number_at_doors", Integer),
    Column("closed_at", Instant),
    Column("urn_sha256", String(64)),
)
"""`queue_at_close` is how many stood in line when the doors were shut, and `number_at_doors` the number of the last
voter admitted before that: whoever has a higher one stood in line, whatever the clock did. `urn_sha256` seals what lay
in the urn at the close.
"""


def election_reference(*, primary_key: bool = False) -> Column[str]:
    """The column that ties a row to its election."""
    return Column(
        "election_id",
        String(36),
        ForeignKey("election.id", ondelete="RESTRICT"),
        primary_key=primary_key,
        nullable=False,
    )
