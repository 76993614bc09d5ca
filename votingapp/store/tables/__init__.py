"""The tables, one module per noun of an election."""

from votingapp.store.columns import metadata
from votingapp.store.tables import (
    admissions,
    applicants,
    audit,
    count,
    decisions,
    elections,
    keys,
    looks,
    nominations,
    photos,
    post,
    register,
    staff,
    urn,
)

__all__ = [
    "admissions",
    "applicants",
    "audit",
    "count",
    "decisions",
    "elections",
    "keys",
    "looks",
    "metadata",
    "nominations",
    "photos",
    "post",
    "register",
    "staff",
    "urn",
]
