"""Who may open which door."""

import pytest
from flask import Flask

from votingapp.store.staff import Role
from votingapp.web.access import PUBLIC, UnguardedRouteError, guard, refuse_unguarded, roles


def test_an_app_with_an_unguarded_route_does_not_start():
    """A route that says nothing about access stops the start, by name."""
    app = Flask("house")
    app.add_url_rule("/vault", view_func=lambda: "gold", endpoint="vault")
    with pytest.raises(UnguardedRouteError, match="/vault"):
        refuse_unguarded(app)


def test_a_role_needs_an_election():
    """A role is held at an election, so a route that asks for one must name the election."""
    app = Flask("house")
    app.add_url_rule("/count", view_func=guard(roles(Role.BOARD))(lambda: "figures"), endpoint="count")
    with pytest.raises(UnguardedRouteError, match="without an election"):
        refuse_unguarded(app)


def test_guarded_routes_start():
    """An app whose routes all say who may open them starts."""
    app = Flask("house")
    app.add_url_rule("/", view_func=guard(PUBLIC)(lambda: "hello"), endpoint="home")
    app.add_url_rule("/<slug>/count", view_func=guard(roles(Role.BOARD))(lambda slug: slug), endpoint="count")
    refuse_unguarded(app)
