"""The tables, one module per noun of an election."""

from votingapp.store.columns import metadata
from votingapp.store.tables import admissions, audit, count, elections, keys, nominations, register, staff, urn

__all__ = ["admissions", "audit", "count", "elections", "keys", "metadata", "nominations", "register", "staff", "urn"]
