"""A mailed link says whose it is, works once and for half an hour, and makes a person known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from auditing import Page
from flask.testing import FlaskClient
from mailed_links import ADDRESS, DOOR, FORM, known, leave, press

from candidates.identity import Identity
from votingapp.desks.identity import service
from votingapp.store import sign_in_links


def test_a_person_follows_the_link_and_is_known(client, mailed, store):
    """From the address to the letter, from the letter to the button, from the button to the form."""
    answer = press(client, mailed())
    assert (answer.status_code, answer.location) == (302, FORM)
    (person,) = known(store)
    assert (person.identity, person.email, person.cpr, person.name) == (Identity.EMAIL, ADDRESS, None, None)
    assert client.get(FORM).status_code == 200
    assert "Vi ved allerede, hvem du er" in client.get(DOOR).text


def test_who_comes_again_is_the_same_person(client, mailed, store):
    """The same address is the same person, however its domain is written; another mailbox is another person."""
    for address in (ADDRESS, "aase@EKSEMPEL.dk", "aa\u030ase@eksempel.dk", "aåse@eksempel.dk"):
        press(client, mailed(address))
        leave(client)
    assert len(known(store)) == 2


def test_a_link_says_whose_it_is(client, app, mailed):
    """A link to a stranger's address, handed on to somebody else, names that address before she presses anything."""
    path = mailed("fremmed@eksempel.dk")
    page = app.test_client().get(path).text
    assert '<bdi dir="ltr">fremmed@eksempel.dk</bdi>' in page
    assert "Er det ikke din e-mail? Så luk siden." in page


def test_who_is_known_already_is_told_before_she_becomes_somebody_else(client, mailed):
    """A candidate who opens a stranger's link sees on one page who she is now and whose the link is."""
    strangers = mailed("fremmed@eksempel.dk")
    press(client, mailed())
    page = client.get(strangers).text
    assert f'Du er logget ind som: <strong><bdi dir="auto">{ADDRESS}</bdi></strong>' in page
    assert "fremmed@eksempel.dk" in page


@pytest.mark.parametrize("path", ["form", "mine", "photo"])
def test_her_own_pages_say_who_she_is_known_as(client, mailed, path):
    """Whoever works as somebody else can see it on every page, first of all."""
    press(client, mailed("fremmed@eksempel.dk"))
    main = client.get(f"/koege-2021/stand/{path}").text.split("<main", 1)[1]
    assert "fremmed@eksempel.dk" in main.split("<h1", 1)[0]


def test_capitals_make_nobody_another_person(client, mailed, store):
    """Who types her address with a capital next time finds what she has begun, under the spelling that she began with."""
    for address in ("Aase@eksempel.dk", ADDRESS, "AASE@Eksempel.dk"):
        press(client, mailed(address))
        leave(client)
    assert [one.email for one in known(store)] == ["Aase@eksempel.dk"]


def test_a_known_person_can_leave_from_every_page(client, mailed):
    """The staff's way in is no longer offered to her; beside her language she can log out."""
    press(client, mailed())
    header = client.get(FORM).text.split("<header", 1)[1].split("</header", 1)[0]
    assert f'action="{DOOR}/leave"' in header
    assert 'href="/sign-in"' not in header


def test_opening_a_link_does_not_use_it_up(client, mailed, store):
    """A mail server that looks at the link, and looks again, leaves it working; nobody is known by looking."""
    path = mailed()
    for _look in range(3):
        assert client.get(path).status_code == 200
        assert FlaskClient(client.application).head(path).status_code == 200
    assert not known(store)
    assert press(client, path).status_code == 302


def test_a_link_works_once(client, app, mailed, store):
    """The second press is refused, in another browser and after leaving."""
    path = mailed()
    assert press(client, path).status_code == 302
    stranger = app.test_client()
    assert stranger.get(path).status_code == 410
    token = Page(stranger.get(DOOR).text).tokens[0]
    assert stranger.post(path, data={"csrf_token": token}).status_code == 410
    assert stranger.get(FORM).status_code == 302
    assert len(known(store)) == 1


def test_a_link_works_for_half_an_hour_to_the_second(client, mailed, clock):
    """Thirty minutes after it was asked for it works; a second later it does not."""
    first = mailed()
    clock.advance(minutes=30)
    assert press(client, first).status_code == 302
    leave(client)
    second = mailed()
    token = Page(client.get(second).text).tokens[0]
    clock.advance(minutes=30, seconds=1)
    assert client.get(second).status_code == 410
    assert client.post(second, data={"csrf_token": token}).status_code == 410


def test_a_link_opens_its_own_election_only(client, mailed, store, found_election):
    """The same token at another election's address is no link there, and still works at home."""
    found_election(store, slug="koege-2025")
    path = mailed()
    elsewhere = path.replace("koege-2021", "koege-2025")
    assert client.get(elsewhere).status_code == 410
    token = Page(client.get(path).text).tokens[0]
    assert client.post(elsewhere, data={"csrf_token": token}).status_code == 410
    assert press(client, path).status_code == 302


def test_two_presses_at_once_let_in_one(any_store, found_election):
    """Of eight presses at the same moment one is let in, on either database."""
    election = found_election(any_store)
    token = sign_in_links.new_token()
    any_store.write(lambda work: sign_in_links.keep(work, election.id, token, ADDRESS))
    start = Barrier(8)

    def use(_number):
        start.wait(30)
        return service.use_link(any_store, election, token)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(use, range(8)))
    assert sum(isinstance(outcome, service.Known) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, service.LinkSpent) for outcome in outcomes) == 7


def test_a_button_needs_its_page(client, app, mailed):
    """A press that another site makes a browser do uses nothing up: it has no form token."""
    path = mailed()
    assert app.test_client().post(path).status_code == 400
    assert press(client, path).status_code == 302
