"""A one-time password ends: after two weeks, at the close, and, once it has opened the door, after five minutes."""

from datetime import timedelta

import pytest
from auditing import Page
from sqlalchemy import update

from votingapp.desks.entrance import service
from votingapp.store import one_time, staff
from votingapp.store.staff import ResetEntry, Role
from votingapp.store.tables.elections import election as election_table
from votingapp.web.sessions import FIRST_PASSWORD_LIMIT

CODE, NEWER = "abcd-efgh-ijkm-npqr", "bcde-fghi-jkmn-pqrs"
OWN = "min egen gode sætning"
SECOND = timedelta(seconds=1)


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


@pytest.fixture
def bo(any_store, election):
    """Bo, a desk official with a one-time password."""
    added = any_store.write(lambda work: staff.add(work, "test", "bo", "Bo Ø", CODE, may_found=False))
    any_store.write(lambda work: staff.appoint(work, "test", election.id, added.id, Role.DESK))
    return added


def opens(store, code: str) -> bool:
    answer = service.sign_in(store, "bo", code, "192.0.2.1")
    assert isinstance(answer, service.SignedIn | service.NotSignedIn)
    return isinstance(answer, service.SignedIn)


def close(store, election) -> None:
    def act(work):
        work.connection.execute(
            update(election_table).where(election_table.c.id == election.id).values(closed_at=work.now)
        )
        work.keep_unrecorded()

    store.write(act)


def give_another(store, bo) -> None:
    entry = ResetEntry("anna", ["birk"], "koege", ["house"])
    store.write(lambda work: staff.reset_password(work, bo, NEWER, entry))


def test_another_whose_name_differs_in_a_capital_renews_nothing(any_store, bo, election, clock):
    """The log is read by the login as it is written, on both databases."""
    other = any_store.write(lambda work: staff.add(work, "test", "Bo", "Bo Å", NEWER, may_found=False))
    clock.advance(seconds=one_time.LIFE.total_seconds() - 1)
    give_another(any_store, other)
    assert opens(any_store, CODE)
    clock.advance(seconds=1)
    assert not opens(any_store, CODE)


def test_it_ends_after_two_weeks_and_another_begins_anew(any_store, bo, clock):
    """To the second; what is given then has two weeks of its own, and a password of one's own has no end."""
    clock.advance(seconds=(one_time.LIFE - SECOND).total_seconds())
    assert opens(any_store, CODE)
    clock.advance(seconds=1)
    assert not opens(any_store, CODE)
    give_another(any_store, bo)
    clock.advance(seconds=(one_time.LIFE - SECOND).total_seconds())
    assert opens(any_store, NEWER)
    clock.advance(seconds=1)
    assert not opens(any_store, NEWER)
    with any_store.reading() as connection:
        kept = staff.kept_password(connection, bo.id)
    any_store.write(lambda work: staff.change_password(work, bo, kept, staff.hash_password(OWN)))
    assert opens(any_store, OWN)


def test_it_ends_at_the_close(any_store, bo, election, found_election, clock):
    """Of her own election alone; one that is given after the close opens her account."""
    other = found_election(any_store, slug="anden")
    clock.advance(minutes=1)
    close(any_store, other)
    assert opens(any_store, CODE)
    close(any_store, election)
    assert not opens(any_store, CODE)
    clock.advance(minutes=1)
    give_another(any_store, bo)
    assert opens(any_store, NEWER)


def test_a_colleague_with_a_like_name_gets_no_longer_by_it(any_store, bo, clock):
    """Another's new password, and one that Bo signed for, are not Bo's."""
    clock.advance(seconds=one_time.LIFE.total_seconds())
    like = any_store.write(lambda work: staff.add(work, "test", "bo2", "Bo To", CODE, may_found=False))
    any_store.write(lambda work: staff.reset_password(work, like, NEWER, ResetEntry("bo", ["bo"], "koege", ["house"])))
    assert not opens(any_store, CODE)


def test_the_page_answers_as_to_a_wrong_one(client, store, found_election, clock):
    """The same page and status, to the byte, and it is counted as a wrong try."""
    found_election(store)
    store.write(lambda work: staff.add(work, "test", "bo", "Bo Ø", CODE, may_found=False))
    clock.advance(seconds=one_time.LIFE.total_seconds())
    bodies = []
    for code in (CODE, NEWER):
        answer = client.submit("/sign-in", {"login": "bo", "password": code})
        assert answer.status_code == 403
        text = answer.text
        for token in Page(text).tokens:
            text = text.replace(token, "")
        bodies.append(text)
    assert bodies[0] == bodies[1]
    assert "gælder i 14 dage" in bodies[0]
    for _ in range(6):
        client.submit("/sign-in", {"login": "bo", "password": CODE})
    assert client.submit("/sign-in", {"login": "bo", "password": CODE}).status_code == 429


def test_the_first_password_is_chosen_within_five_minutes(client, store, found_election, clock):
    """Who comes by later finds the door shut; the code opens it again, and leads to where she was going."""
    found_election(store)
    store.write(lambda work: staff.add(work, "test", "bo", "Bo Ø", CODE, may_found=False))
    signing_in = {"login": "bo", "password": CODE}
    token = Page(client.get("/sign-in").text).tokens[0]
    led = client.post("/sign-in", query_string={"next": "/koege-2021/count"}, data=signing_in | {"csrf_token": token})
    clock.advance(seconds=FIRST_PASSWORD_LIMIT.total_seconds())
    page = client.get(led.location)
    assert "inden fem minutter" in page.text
    clock.advance(seconds=1)
    chosen = {"new": OWN, "repeated": OWN}
    late = client.post(led.location, data=chosen | {"csrf_token": Page(page.text).tokens[0]})
    assert late.location == "/sign-in"
    asked = client.get(led.location).location
    assert asked.startswith("/sign-in?next=")
    token = Page(client.get(asked).text).tokens[0]
    again = client.post(asked, data=signing_in | {"csrf_token": token})
    assert again.location == led.location
    assert client.submit(again.location, chosen).location == "/koege-2021/count"
    clock.advance(seconds=FIRST_PASSWORD_LIMIT.total_seconds() + 1)
    assert client.get("/koege-2021/count").status_code == 403
