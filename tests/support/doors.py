"""Every door of an app at which something can be handed in, found in its own routes, and what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from votingapp.store.tables import metadata

if TYPE_CHECKING:
    from flask import Flask

    from votingapp.store.unit_of_work import Store

NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that no row has."""

_UPKEEP = {"throttle", "staff_session", "applicant_session", "look"}


@dataclass(frozen=True, slots=True)
class Door:
    """One address that takes a POST."""

    endpoint: str
    path: str


def post_doors(app: Flask, slug: str) -> list[Door]:
    """Every POST route of an app, its address filled in for one election."""
    with app.test_request_context():
        return [
            Door(
                rule.endpoint,
                app.url_for(rule.endpoint, **{name: slug if name == "slug" else NOBODY for name in rule.arguments}),
            )
            for rule in app.url_map.iter_rules()
            if "POST" in rule.methods
        ]


def kept(store: Store) -> dict[str, int]:
    """How many rows each table has, but for the upkeep of sessions and failed sign-ins."""
    with store.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name not in _UPKEEP
        }
