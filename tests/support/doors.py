"""Every door of an app at which something can be handed in, found in its own routes, and what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select, union_all
from werkzeug.routing import AnyConverter, IntegerConverter

from votingapp.store.tables import metadata
from votingapp.web.access import rule_of

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

    from votingapp.store.unit_of_work import Store

NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that no row has."""

_UPKEEP = {"throttle", "staff_session", "applicant_session", "look"}
_COUNTS = union_all(
    *(
        select(literal(name), func.count()).select_from(table)
        for name, table in metadata.tables.items()
        if name not in _UPKEEP
    )
)


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
                app.url_for(rule.endpoint, **{name: _named(rule, name, slug) for name in rule.arguments}),
            )
            for rule in app.url_map.iter_rules()
            if "POST" in rule.methods
        ]


def device_doors(app: Flask, slug: str) -> list[tuple[str, str]]:
    """Method and address of every door that opens to joined devices alone, filled in for one election."""
    found = []
    for rule in app.url_map.iter_rules():
        access = rule_of(app, rule.endpoint)
        if access is None or access.device is None:
            continue
        named = {name: _named(rule, name, slug) for name in rule.arguments}
        with app.test_request_context():
            path = app.url_for(rule.endpoint, **named)
        found += [(method, path) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


def _named(rule: Rule, name: str, slug: str) -> object:
    """What an address names: this election, and otherwise something that an address can name and nothing here has."""
    if name == "slug":
        return slug
    if name in (rule.defaults or {}):
        return rule.defaults[name]
    match rule._converters[name]:
        case AnyConverter() as one_of:
            return min(one_of.items)
        case IntegerConverter():
            return 1
        case _:
            return NOBODY


def kept(store: Store) -> dict[str, int]:
    """How many rows each table has, but for the upkeep of sessions and failed sign-ins."""
    with store.reading() as connection:
        return {name: number for name, number in connection.execute(_COUNTS)}  # noqa: C416 - a row is no pair to dict()
