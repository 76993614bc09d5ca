"""Who is known at an election, for how long, and who is not."""

from __future__ import annotations

import pytest
from flask import Flask, session
from identity import add_applicant, sign_in_applicant

from votingapp.office import create_office
from votingapp.store import elections
from votingapp.store.staff import Role
from votingapp.store.tables.applicants import applicant, applicant_session
from votingapp.store.tables.staff import staff_session
from votingapp.web.access import APPLICANT, UnguardedRouteError, guard, refuse_unguarded
from votingapp.web.applicants import COOKIE_KEY, current_applicant, start_applicant_session

NUMBER = "1012620001"
DOOR = "/koege-2021/behind"
CREDENTIALS = {"login": "anna", "password": "en lang og god sætning"}


@pytest.fixture
def client(settings, store, found_election):
    """A visitor of an office with one more page, which only applicants may open and which names them."""
    found_election(store)
    app = create_office(settings, store)

    @app.route("/<slug>/behind", methods=["GET", "POST"])
    @guard(APPLICANT)
    def behind(slug):
        return current_applicant().id

    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def election(store, client):
    with store.reading() as connection:
        return elections.by_slug(connection, "koege-2021")


def cookie_of(client):
    return f"votingapp-office={client.get_cookie('votingapp-office').value}"


def rows(store, table):
    with store.reading() as connection:
        return connection.execute(table.select()).all()


def test_a_stranger_is_asked_who_she_is(client):
    """Without a session an applicant's page leads to where one says who one is, and back to the page afterwards."""
    answer = client.get(DOOR)
    assert answer.status_code == 302
    assert answer.location == "/koege-2021/identify?next=/koege-2021/behind"
    assert client.get(answer.location).status_code == 200
    assert client.post(DOOR).location == "/koege-2021/identify?next=/koege-2021/behind"


def test_an_applicant_passes_at_her_own_election(client, store, election, found_election):
    """A session opens the pages of the very election at which she made herself known, and of no other."""
    found_election(store, slug="koege-2025")
    known = sign_in_applicant(client, store, election)
    assert client.get(DOOR).text == known.id
    assert client.get("/koege-2025/behind").location == "/koege-2025/identify?next=/koege-2025/behind"


def test_a_session_ends_after_an_hour_of_rest(client, store, election, clock):
    """Sixty minutes without a page end a session; at the sixtieth minute to the second it still holds."""
    sign_in_applicant(client, store, election)
    clock.advance(minutes=60)
    assert client.get(DOOR).status_code == 200
    clock.advance(minutes=60, seconds=1)
    assert client.get(DOOR).status_code == 302


def test_a_session_ends_after_fourteen_hours(client, store, election, clock):
    """Whoever keeps turning pages is asked again after fourteen hours."""
    sign_in_applicant(client, store, election)
    for _half_hour in range(28):
        clock.advance(minutes=30)
        assert client.get(DOOR).status_code == 200
    clock.advance(seconds=1)
    assert client.get(DOOR).status_code == 302


def test_leaving_ends_the_session_in_the_database(client, store, election):
    """After leaving, a copy of the cookie opens nothing."""
    sign_in_applicant(client, store, election)
    with client.session_transaction() as cookie:
        token = cookie[COOKIE_KEY]
    assert client.post("/koege-2021/identify/leave").location == "/koege-2021/"
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = token
    assert client.get(DOOR).status_code == 302
    assert not rows(store, applicant_session)


def test_a_made_up_token_opens_nothing(client):
    """A token that the house has not given out is no session, whatever its type."""
    for token in ("x" * 43, "", 7, None, ["x"]):
        with client.session_transaction() as cookie:
            cookie[COOKIE_KEY] = token
        assert client.get(DOOR).status_code == 302


def test_the_database_holds_no_token_and_nobody_in_clear(client, store, election):
    """Of a session the hash is kept; of a person nothing can be read without the key outside the database."""
    sign_in_applicant(client, store, election, cpr=NUMBER, name="Åse Østergård")
    add_applicant(store, election, email="aase@eksempel.dk")
    with client.session_transaction() as cookie:
        token = cookie[COOKIE_KEY]
    kept = repr(rows(store, applicant_session)) + repr(rows(store, applicant))
    for secret in (token, NUMBER, "Østergård", "aase", "eksempel"):
        assert secret not in kept


def test_an_official_who_becomes_an_applicant_is_no_official(client, store, election, add_staff):
    """Saying who one is ends an official's session in this browser, in the database too; the choice of language stays."""
    add_staff(store, election, "anna", Role.SECRETARIAT)
    client.post("/language", data={"language": "en"})
    assert client.post("/sign-in", data=CREDENTIALS).status_code == 302
    known = add_applicant(store, election)
    with client.application.test_request_context(DOOR, headers={"Cookie": cookie_of(client)}):
        start_applicant_session(known)
        assert sorted(session) == ["applicant", "language"]
    assert not rows(store, staff_session)
    assert client.get("/koege-2021/secretariat").status_code == 302


def test_an_applicant_who_becomes_an_official_is_no_applicant(client, store, election, add_staff):
    """Signing in as an official ends an applicant's session in this browser, in the database too."""
    add_staff(store, election, "anna", Role.SECRETARIAT)
    sign_in_applicant(client, store, election)
    assert client.post("/sign-in", data=CREDENTIALS).status_code == 302
    assert client.get("/koege-2021/secretariat").status_code == 200
    assert client.get(DOOR).status_code == 302
    assert not rows(store, applicant_session)


def test_a_door_for_applicants_needs_an_election():
    """An applicant is one at an election, so a route that asks for one must name the election."""
    app = Flask("house")
    app.add_url_rule("/mine", view_func=guard(APPLICANT)(lambda: "gold"), endpoint="mine")
    with pytest.raises(UnguardedRouteError, match="without an election"):
        refuse_unguarded(app)
