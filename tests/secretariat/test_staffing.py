"""Officials are added with a password that is shown once, and appointed by name."""

import re

import pytest

from votingapp.store import audit, staff
from votingapp.store.staff import Role

PAGE = "/koege-2021/secretariat/staff"


def test_a_new_official_gets_a_password_that_is_shown_once(act, desk, office, store, settings):
    """The one-time password stands on the answer alone, opens the door once, and is kept nowhere in clear."""
    answer = act(f"{PAGE}/add", {"add-login": "boel", "add-name": "Bøl <b>Ågård</b>"})
    password = re.search(r'<dd class="code">([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</dd>', answer.text).group(1)
    assert "Bøl &lt;b&gt;Ågård&lt;/b&gt;" in answer.text
    assert password not in desk.get(PAGE).text
    kept = b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert password.encode() not in kept
    fresh = office.test_client()
    assert fresh.submit("/sign-in", {"login": "boel", "password": password}).status_code == 302
    assert fresh.get(PAGE).location == "/password"


def test_a_login_is_given_once(act, store, clerk):
    """A login in use, and one that could be taken for another, is refused."""
    assert act(f"{PAGE}/add", {"add-login": "clerk", "add-name": "En anden"}).status_code == 409
    assert act(f"{PAGE}/add", {"add-login": "Clerk", "add-name": "En anden"}).status_code == 422
    with store.reading() as connection:
        assert staff.find_login(connection, "clerk") == clerk


@pytest.mark.parametrize("word", ["candidate", "proposer", "house", "rehearsal"])
def test_no_official_is_called_what_the_log_calls_others(act, store, word):
    """With such a login an official's acts would read as a candidate's own."""
    assert act(f"{PAGE}/add", {"add-login": word, "add-name": "Karla"}).status_code == 409
    with store.reading() as connection:
        assert staff.find_login(connection, word) is None


def test_an_official_is_appointed_once_to_a_role(act, store, election, add_staff):
    """An appointment stands in the log once; a second changes nothing and says so."""
    add_staff(store, election, "boel")
    data = {"appoint-login": "boel", "appoint-role": "desk"}
    assert "er udpeget" in act(f"{PAGE}/appoint", data, follow_redirects=True).text
    assert "Intet er ændret" in act(f"{PAGE}/appoint", data, follow_redirects=True).text
    with store.reading() as connection:
        (appointed,) = staff.appointed(connection, election.id, Role.DESK)
        acts = [entry.act for entry in audit.entries(connection, election.id)]
    assert appointed.login == "boel"
    assert acts[2:] == ["staff_appointed"]


def test_nobody_unknown_and_nothing_unknown_is_appointed(act, store, election):
    """An unknown login and an invented role are refused, and no appointment comes of them."""
    assert act(f"{PAGE}/appoint", {"appoint-login": "ingen", "appoint-role": "desk"}).status_code == 422
    assert act(f"{PAGE}/appoint", {"appoint-login": "clerk", "appoint-role": "konge"}).status_code == 422
    with store.reading() as connection:
        assert [len(staff.appointed(connection, election.id, role)) for role in Role] == [1, 0, 0, 0]


def test_an_appointment_holds_at_its_own_election_only(
    act, store, found_election, office, add_staff, sign_in, election
):
    """Who is appointed at one election has no role at another."""
    other = found_election(store, "naboby-2021")
    add_staff(store, other, "boel")
    act(f"{PAGE}/appoint", {"appoint-login": "boel", "appoint-role": "secretariat"})
    boel = sign_in(office.test_client(), "boel")
    assert boel.get("/koege-2021/secretariat").status_code == 200
    assert boel.get("/naboby-2021/secretariat").status_code == 403
