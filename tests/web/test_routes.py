"""Every door of both apps, who may open it, and whether it really keeps the others out."""

from pathlib import Path

import pytest

from votingapp.booth import create_booth
from votingapp.store.staff import Role
from votingapp.web.access import APPLICANT, FOUNDER, PUBLIC, STAFF, list_doors, rule_of

MATRIX = Path(__file__).with_name("routes.txt")
"""The checked-in matrix: a change of it is a decision, seen in review."""

ARGUMENTS = {
    "slug": "koege-2021",
    "nomination_id": "x",
    "number": "1",
    "filename": "office.css",
    "person_id": "x",
    "public_id": "x",
    "token": "x",
    "size": "page",
    "version": "1",
    "form": "pdf",
    "notice_id": "x",
    "proposer_id": "x",
    "device_id": "x",
    "staff_id": "x",
    "doubt_id": "00000000-0000-4000-8000-000000000000",
    "act": "exchange",
    "paper": "ballot",
    "vacancy_id": "x",
    "absence_id": "x",
    "candidate": "c6",
    "complaint_id": "00000000-0000-4000-8000-000000000000",
}


def test_matrix_of_routes_is_the_decided_one(office, settings, store):
    """The routes of office and booth and the roles they ask for are exactly those in routes.txt."""
    booth = create_booth(settings, store)
    found = [f"{name:<7}{door}" for name, app in (("office", office), ("booth", booth)) for door in list_doors(app)]
    assert found == MATRIX.read_text(encoding="utf-8").splitlines()


def doors(app):
    """Each (path, method, rule) of an app, the arguments filled in."""
    for route in app.url_map.iter_rules():
        for method in sorted(route.methods - {"HEAD", "OPTIONS"}):
            with app.test_request_context():
                path = route.build({key: ARGUMENTS[key] for key in route.arguments}, append_unknown=False)[1]
            yield path, method, rule_of(app, route.endpoint)


@pytest.fixture
def open_forms(office):
    """The office without form tokens, so that only the access rules stand between a visitor and a door."""
    office.config["WTF_CSRF_ENABLED"] = False
    return office


def test_a_stranger_is_led_to_the_entrance(open_forms, store, found_election):
    """Without signing in no door but the public ones opens; each answers alike."""
    found_election(store)
    client = open_forms.test_client()
    for path, method, rule in doors(open_forms):
        if rule is not PUBLIC:
            entrance = "/koege-2021/identify" if rule is APPLICANT else "/sign-in"
            answer = client.open(path, method=method)
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, entrance), (method, path)


@pytest.mark.parametrize("held", list(Role))
def test_a_role_opens_its_own_doors_only(open_forms, store, found_election, add_staff, sign_in, held):
    """An official is refused at every door that asks for another role."""
    add_staff(store, found_election(store), "anna", held)
    client = open_forms.test_client()
    client.post("/sign-in", data={"login": "anna", "password": "en lang og god sætning"})
    for path, method, rule in doors(open_forms):
        if rule in (PUBLIC, STAFF):
            continue
        if rule is APPLICANT:
            assert client.open(path, method=method).status_code == 302, (method, path)
            continue
        if held not in rule.roles:
            assert client.open(path, method=method).status_code == 403, (method, path)


def test_a_role_at_one_election_is_none_at_another(open_forms, store, found_election, add_staff):
    """Who holds every role at one election is refused at every guarded door of another."""
    add_staff(store, found_election(store, "anden-kommune"), "anna", *Role)
    found_election(store)
    client = open_forms.test_client()
    client.post("/sign-in", data={"login": "anna", "password": "en lang og god sætning"})
    for path, method, rule in doors(open_forms):
        if rule.roles or rule is FOUNDER:
            assert client.open(path, method=method).status_code == 403, (method, path)
