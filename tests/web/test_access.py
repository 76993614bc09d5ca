"""Who may open which door."""

import pytest
from auditing import AuditingClient
from flask import Flask

from votingapp.office import create_office
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


@pytest.mark.parametrize("address", ["/%00/", "/%00/candidates", "/a%0ab/", "/koege-2021/stand/ABCDE-%00"])
def test_an_address_that_nothing_can_have_is_not_found(settings, any_store, found_election, address):
    """A NUL or a line break in an address is an unknown election or receipt, on either database."""
    found_election(any_store)
    office = create_office(settings, any_store)
    assert office.test_client().get(address).status_code == 404


def test_json_nested_too_deep_is_a_bad_request(settings, any_store):
    """A body of a hundred thousand brackets is the sender's fault, at the form doors too."""
    office = create_office(settings, any_store)
    office.config["WTF_CSRF_ENABLED"] = False
    answer = office.test_client().post("/sign-in", data="[" * 100_000, content_type="application/json")
    assert 400 <= answer.status_code < 500


def test_a_login_of_unprintable_signs_is_refused(settings, any_store):
    """A NUL in a login is a wrong login, on either database."""
    office = create_office(settings, any_store)
    office.test_client_class = AuditingClient
    answer = office.test_client().submit("/sign-in", {"login": "an\tna", "password": "x"})
    assert answer.status_code == 422


def test_a_form_with_a_nul_is_refused_whole(settings, any_store):
    """A NUL, which PostgreSQL cannot keep, is the sender's fault in whatever field it stands."""
    office = create_office(settings, any_store)
    office.test_client_class = AuditingClient
    for fields in ({"login": "an\x00na", "password": "x"}, {"login": "anna", "nobody-asked": "\x00"}):
        assert office.test_client().submit("/sign-in", fields).status_code == 400
