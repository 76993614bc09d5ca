"""What kind of house this database belongs to: a real one, or one for rehearsals, stamped once and never changed."""

from sqlalchemy import CheckConstraint, Column, String, Table

from votingapp.store.columns import metadata

house = Table(
    "house",
    metadata,
    Column("kind", String(10), primary_key=True),
    CheckConstraint("kind IN ('real', 'rehearsal')", name="kind"),
)
