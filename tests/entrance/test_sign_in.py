"""Signing in and out."""

import pytest

from votingapp.desks.entrance import service
from votingapp.store import audit
from votingapp.store.staff import Role
from votingapp.web import throttle
from votingapp.web.sessions import IDLE_LIMIT, WHOLE_LIMIT

PASSWORD = "en lang og god sætning"


@pytest.fixture
def election(store, found_election, add_staff):
    election = found_election(store)
    add_staff(store, election, "anna", Role.SECRETARIAT, name="Anna Ærø")
    return election


def test_right_password_lets_in_and_is_recorded(client, store, election):
    """Anna signs in, sees her name, and the log says so once."""
    answer = client.submit("/sign-in", {"login": "anna", "password": PASSWORD})
    assert answer.status_code == 302
    assert "Anna Ærø" in client.get("/").text
    with store.reading() as connection:
        acts = [entry.act for entry in audit.entries(connection, audit.HOUSE)]
    assert acts.count("signed_in") == 1


@pytest.mark.parametrize("login", ["anna", "nobody"])
def test_wrong_login_and_wrong_password_get_one_answer(client, election, login):
    """A stranger cannot learn which logins exist."""
    answer = client.submit("/sign-in", {"login": login, "password": "forkert kode"})
    assert answer.status_code == 403
    assert "Brugernavn eller adgangskode er forkert" in answer.text


def test_too_many_failures_hold_back_even_the_right_password(client, election, clock):
    """After eight failures the door stays shut for a quarter of an hour, then opens."""
    for _ in range(8):
        client.submit("/sign-in", {"login": "anna", "password": "forkert kode"})
    assert client.submit("/sign-in", {"login": "anna", "password": PASSWORD}).status_code == 429
    clock.advance(minutes=16)
    assert client.submit("/sign-in", {"login": "anna", "password": PASSWORD}).status_code == 302


def test_a_stranger_does_not_shut_an_official_out(client, office, election):
    """Failures from one address hold back that address; the official signs in from her own all the same."""
    stranger = office.test_client()
    stranger.environ_base = {**stranger.environ_base, "REMOTE_ADDR": "198.51.100.7"}
    for _ in range(8):
        stranger.submit("/sign-in", {"login": "anna", "password": "forkert kode"})
    assert stranger.submit("/sign-in", {"login": "anna", "password": "forkert kode"}).status_code == 429
    assert client.submit("/sign-in", {"login": "anna", "password": PASSWORD}).status_code == 302


def test_many_addresses_together_are_held_back(store, clock):
    """Who tries one login from ever new addresses is held back after two hundred failures, and for a quarter of an hour only."""
    for number in range(200):
        throttle.count_failure(store, "login:anna")
        assert throttle.is_shut(store, "login:anna", 200) == (number == 199)
    assert service.sign_in(store, "Anna", PASSWORD, "198.51.100.200") == service.HeldBack()
    clock.advance(minutes=16)
    assert service.sign_in(store, "Anna", PASSWORD, "198.51.100.200") == service.NotSignedIn()


def test_form_without_token_is_refused(client, election):
    """A form from another site signs nobody in."""
    answer = client.post("/sign-in", data={"login": "anna", "password": PASSWORD})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/a\r\nb",
    ],
)
def test_sign_in_leads_nowhere_else(client, election, target):
    """The address to go on to is a path of this house or the front page."""
    token_page = client.get("/sign-in")
    token = token_page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = client.post(
        "/sign-in", query_string={"next": target}, data={"login": "anna", "password": PASSWORD, "csrf_token": token}
    )
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("limit", [IDLE_LIMIT, WHOLE_LIMIT])
def test_session_ends_by_itself(client, election, clock, limit):
    """A forgotten session is over after an hour, and any session at the end of the day."""
    client.submit("/sign-in", {"login": "anna", "password": PASSWORD})
    clock.advance(seconds=limit.total_seconds() + 1)
    assert "Anna Ærø" not in client.get("/").text


def test_signing_out_ends_the_session_for_a_stolen_cookie_too(client, office, election):
    """After sign-out the old cookie opens nothing, wherever it is used."""
    client.submit("/sign-in", {"login": "anna", "password": PASSWORD})
    stolen = client.get_cookie("votingapp-office").value
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/sign-out", data={"csrf_token": token})
    thief = office.test_client()
    thief.set_cookie("votingapp-office", stolen)
    assert "Anna Ærø" not in thief.get("/").text


def test_one_time_password_must_be_changed_first(client, store, office, election):
    """Who signs in with a first password is led to choose her own before anything else."""
    from votingapp.store import staff  # noqa: PLC0415

    store.write(lambda work: staff.add(work, "test", "bo", "Bo", PASSWORD, may_found=True))
    assert client.submit("/sign-in", {"login": "bo", "password": PASSWORD}).headers["Location"] == "/password"
    assert client.get("/koege-2021/secretariat").headers["Location"] == "/password"
    changed = client.submit("/password", {"new": "en helt ny sætning", "repeated": "en helt ny sætning"})
    assert changed.status_code == 302
    assert client.get("/koege-2021/secretariat").status_code == 403


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"current": PASSWORD, "new": "kort", "repeated": "kort"}, "mindst 12 tegn"),
        ({"current": PASSWORD, "new": "en helt ny sætning", "repeated": "en anden sætning"}, "ikke ens"),
        ({"current": PASSWORD, "new": PASSWORD, "repeated": PASSWORD}, "en anden end den gamle"),
        ({"current": "forkert kode", "new": "en helt ny sætning", "repeated": "en helt ny sætning"}, "er forkert"),
    ],
)
def test_password_change_says_what_is_wrong(client, election, data, sentence):
    """A new password that will not do is refused with a sentence that says why."""
    client.submit("/sign-in", {"login": "anna", "password": PASSWORD})
    answer = client.submit("/password", data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_language_is_chosen_and_kept_through_sign_in(client, election):
    """English stays English after signing in, and the page says which language it is in."""
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/language", data={"language": "en", "next": "/", "csrf_token": token})
    assert '<html lang="en"' in client.get("/sign-in").text
    client.submit("/sign-in", {"login": "anna", "password": PASSWORD})
    assert '<html lang="en"' in client.get("/").text
