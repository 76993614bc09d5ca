"""Changing one's password: with the old one, or at once behind a one-time password; who was overtaken changes nothing."""

import pytest
from auditing import Page

from votingapp.desks.entrance import service
from votingapp.desks.entrance.service import Changed, NotCurrent, NotNew, Overtaken
from votingapp.store import audit, staff
from votingapp.store.staff import ResetEntry

CODE = "abcd-efgh-ijkm-npqr"
OWN = "min egen gode sætning"
OTHER = "en helt anden sætning"
CHANGE = {"new": OWN, "repeated": OWN}


def add_newcomer(store):
    return store.write(lambda work: staff.add(work, "test", "bo", "Bo Ø", CODE, may_found=False))


def fits(store, password: str) -> bool:
    with store.reading() as connection:
        return staff.check_password(connection, "bo", password) is not None


def enter(office, **query: str):
    """A browser that has signed in with the one-time password."""
    browser = office.test_client()
    token = Page(browser.get("/sign-in").text).tokens[0]
    answer = browser.post("/sign-in", query_string=query, data={"login": "bo", "password": CODE, "csrf_token": token})
    assert answer.status_code == 302
    browser.led_to = answer.location
    return browser


@pytest.fixture
def newcomer(store, found_election):
    """Bo, who has got a one-time password, in a house with an election."""
    found_election(store)
    return add_newcomer(store)


@pytest.fixture
def acting(office):
    """The service is asked as if from a page, in a browser that holds no session."""
    with office.test_request_context():
        yield


def test_the_first_change_asks_for_two_fields(newcomer, office):
    """The one-time password was typed a moment ago; the page asks for the new one twice, and then the house is open."""
    browser = enter(office)
    page = browser.get("/password").text
    assert [field["name"] for field in Page(page).fields if field.get("type") == "password"] == ["new", "repeated"]
    answer = browser.submit("/password", CHANGE)
    assert (answer.status_code, answer.location) == (302, "/")
    assert browser.get("/koege-2021/secretariat").status_code == 403


def test_a_later_change_asks_for_the_old_password(newcomer, office, store):
    """Whoever finds a browser that is signed in cannot take the account; leaving the field out does not help."""
    browser = enter(office)
    browser.submit("/password", CHANGE)
    again = {"new": OTHER, "repeated": OTHER}
    assert "Nuværende adgangskode" in browser.get("/password").text
    assert "Skriv din nuværende adgangskode" in browser.submit("/password", again).text
    assert "er forkert" in browser.submit("/password", again | {"current": CODE}).text
    assert fits(store, OWN)
    assert browser.submit("/password", again | {"current": OWN}).status_code == 302
    assert fits(store, OTHER)


def test_the_one_time_password_is_not_chosen_again(newcomer, office, store):
    """What stood on the slip is no password of one's own; it is told, and still to be changed."""
    browser = enter(office)
    answer = browser.submit("/password", {"new": CODE, "repeated": CODE})
    assert answer.status_code == 422
    assert "en anden end den gamle" in answer.text
    assert browser.get("/koege-2021/secretariat").location == "/password"


def test_she_ends_up_where_she_was_going(newcomer, office):
    """Who asked for a page before she had a password of her own gets it once she has."""
    browser = enter(office, next="/koege-2021/count")
    assert browser.led_to == "/password?next=/koege-2021/count"
    answer = browser.submit(browser.led_to, CHANGE)
    assert answer.location == "/koege-2021/count"


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\tb"])
def test_the_way_on_stays_in_the_house(newcomer, office, target):
    """Neither sign-in nor the change of password leads to another house."""
    browser = enter(office, next=target)
    assert browser.led_to == "/password?next=/"
    token = Page(browser.get("/password").text).tokens[0]
    answer = browser.post("/password", query_string={"next": target}, data=CHANGE | {"csrf_token": token})
    assert answer.location == "/"


def test_another_browser_with_the_code_is_out_once_she_has_chosen(newcomer, office, store):
    """Who read the slip over her shoulder and waited is signed out, and what her open page sends changes nothing."""
    owner, other = enter(office), enter(office)
    token = Page(other.get("/password").text).tokens[0]
    owner.submit("/password", CHANGE)
    late = other.post("/password", data={"new": OTHER, "repeated": OTHER, "csrf_token": token})
    assert late.location.startswith("/sign-in")
    assert fits(store, OWN)
    assert owner.get("/koege-2021/secretariat").status_code == 403


def test_another_browser_that_was_let_in_just_before_changes_nothing(newcomer, office, store, monkeypatch):
    """Its form passed the door while the session stood; the owner's change came between, and the form finds it."""
    owner, other = enter(office), enter(office)
    tokens = [Page(browser.get("/password").text).tokens[0] for browser in (owner, other)]
    real, waiting = staff.hash_password, [OTHER]

    def slowly(password: str) -> str:
        if waiting and password == waiting[0]:
            waiting.clear()
            assert owner.post("/password", data=CHANGE | {"csrf_token": tokens[0]}).status_code == 302
        return real(password)

    monkeypatch.setattr(staff, "hash_password", slowly)
    late = other.post("/password", data={"new": OTHER, "repeated": OTHER, "csrf_token": tokens[1]})
    assert late.location == "/password"
    assert other.get("/password").location.startswith("/sign-in")
    assert fits(store, OWN)
    with store.reading() as connection:
        acts = [entry.act for entry in audit.entries(connection, audit.HOUSE)]
    assert acts.count("password_changed") == 1


@pytest.mark.usefixtures("acting")
@pytest.mark.parametrize("between", ["chosen", "given"])
def test_the_write_finds_that_it_was_overtaken(any_store, monkeypatch, between):
    """Between look and write she chose her own, or was given another one-time password: neither is written over."""
    bo = add_newcomer(any_store)
    real = staff.hash_password

    def overtake(work):
        if between == "chosen":
            kept = staff.kept_password(work.connection, bo.id)
            assert staff.change_password(work, bo, kept, real(OWN))
        else:
            staff.reset_password(work, bo, OWN, ResetEntry("anna", ["birk"], "koege", [audit.HOUSE]))

    def slowly(password: str) -> str:
        monkeypatch.setattr(staff, "hash_password", real)
        any_store.write(overtake)
        return real(password)

    monkeypatch.setattr(staff, "hash_password", slowly)
    assert service.change_password(any_store, bo, None, OTHER) == Overtaken()
    assert fits(any_store, OWN)
    assert not fits(any_store, OTHER)


@pytest.mark.usefixtures("acting")
def test_what_a_change_answers(any_store):
    """A wrong old password, the old one again and no one-time password to change are told apart, and change nothing."""
    bo = add_newcomer(any_store)
    assert service.change_password(any_store, bo, None, CODE) == NotNew()
    assert service.change_password(any_store, bo, None, OWN) == Changed()
    assert service.change_password(any_store, bo, None, OTHER) == Overtaken()
    assert service.change_password(any_store, bo, CODE, OTHER) == NotCurrent()
    assert service.change_password(any_store, bo, OWN, OWN) == NotNew()
    assert service.change_password(any_store, bo, OWN, OTHER) == Changed()
    assert fits(any_store, OTHER)


def test_change_and_end_of_the_other_sessions_are_one(newcomer, office, store, monkeypatch):
    """Where the other sessions cannot be ended the password is not changed either."""
    browser = enter(office)
    token = Page(browser.get("/password").text).tokens[0]

    def fail(*_args):
        raise RuntimeError("out of paper")

    monkeypatch.setattr(service, "end_other_sessions", fail)
    assert browser.post("/password", data=CHANGE | {"csrf_token": token}).status_code == 500
    assert fits(store, CODE)
