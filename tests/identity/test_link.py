"""Saying who one is by a mailed link, with a real mail server on this machine."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from auditing import AuditingClient, Page
from flask.testing import FlaskClient
from mailbox_server import Mailbox
from standing import kept_bytes

from candidates.identity import Identity
from votingapp.desks.identity import service
from votingapp.office import create_office
from votingapp.store import applicants, sign_in_links
from votingapp.store.tables.applicants import applicant as table
from votingapp.store.tables.applicants import sign_in_link
from votingapp.store.tables.post import message
from votingapp.store.tables.staff import throttle

DOOR = "/koege-2021/identify"
FORM = "/koege-2021/stand/form"
ADDRESS = "aase@eksempel.dk"


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def election(store, found_election):
    return found_election(store)


@pytest.fixture
def app(settings, store, election, mailbox):
    """An office without a broker, whose mail goes to our own server."""
    app = create_office(replace(settings, mail=mailbox.server), store)
    app.test_client_class = AuditingClient
    yield app
    app.extensions["postman"].wait()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def ask(app, client):
    """Ask for a link and wait until the postman is through."""

    def ask(address=ADDRESS, *, query="", **environ):
        page = client.get(f"{DOOR}{query}").text
        action, form = re.search(
            r'<form method="post" action="([^"]+/email[^"]*)"(.+?)</form>', page, re.DOTALL
        ).groups()
        fields = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', form)) | {"email": address}
        answer = client.post(action, data=fields, environ_overrides=environ)
        app.extensions["postman"].wait()
        return answer

    return ask


@pytest.fixture
def mailed(ask, mailbox):
    """Ask for a link and answer the path in the letter that came."""

    def mailed(address=ADDRESS, **kwargs):
        before = len(mailbox.letters)
        assert ask(address, **kwargs).status_code == 200
        assert len(mailbox.letters) == before + 1
        return path_in(mailbox.letters[-1])

    return mailed


def path_in(letter):
    """The path and query of the first link in a letter."""
    link = urlsplit(re.search(r"^http://127\.0\.0\.1:8000(\S+)", letter.get_content(), re.MULTILINE)[0])
    return f"{link.path}?{link.query}"


def rows(store, which):
    with store.reading() as connection:
        return connection.execute(which.select()).all()


def known(store):
    with store.reading() as connection:
        return [applicants.find(connection, store.vault, row.id) for row in connection.execute(table.select())]


def press(client, path):
    """Open a link and press its button."""
    return client.submit(path, {})


def leave(client):
    """Stop being known in this browser."""
    token = Page(client.get(DOOR).text).tokens[0]
    assert client.post(f"{DOOR}/leave", data={"csrf_token": token}).status_code == 302


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


def test_the_answer_is_the_same_for_everybody(ask, store, client, mailed):
    """Known or unknown, answered or silenced: the page does not tell whether somebody has stood."""
    press(client, mailed())
    leave(client)
    pages = {strip(ask(address).text) for address in (ADDRESS, "fremmed@eksempel.dk", ADDRESS, ADDRESS, ADDRESS)}
    assert len(pages) == 1


def strip(page):
    """A page without its form tokens."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_nobodys_letter_box_is_filled(ask, mailbox, clock):
    """Three links an address and quarter of an hour; the fourth is not sent, whatever network it is asked from."""
    for number in range(5):
        assert ask(REMOTE_ADDR=f"192.0.2.{number}").status_code == 200
    assert len(mailbox.letters) == 3
    clock.advance(minutes=15)
    ask()
    assert len(mailbox.letters) == 4


def test_a_letter_box_has_one_count_however_it_is_written(ask, mailbox):
    """Capitals and a "+tag" reach the same letter box at most servers: they get it no more letters."""
    for address in (
        "aase@eksempel.dk",
        "Aase@eksempel.dk",
        "aase+1@eksempel.dk",
        "AASE+2@Eksempel.dk",
        "aåse@eksempel.dk",
    ):
        assert ask(address).status_code == 200
    assert [letter["To"] for letter in mailbox.letters].count("aåse@eksempel.dk") == 1
    assert len(mailbox.letters) == 4


def test_a_flood_from_one_network_is_held_back(ask, mailbox):
    """Thirty links from one network in a quarter of an hour, then it waits; another network does not."""
    answers = [ask(f"a{number}@eksempel.dk").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]
    assert ask("b@eksempel.dk", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_all_addresses_of_one_ipv6_network_are_one_visitor(ask):
    """Whoever has a /64 has as many addresses as she likes: they are counted together, and the next network is not."""
    answers = [ask(f"a{n}@eksempel.dk", REMOTE_ADDR=f"2001:db8:0:1::{n:x}").status_code for n in range(31)]
    assert answers == [200] * 30 + [429]
    assert ask("b@eksempel.dk", REMOTE_ADDR="2001:db8:0:2::1").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "aase",
        "aase@eksempel",
        "@eksempel.dk",
        "aase@",
        "a@b.dk\r\nBcc: alle@b.dk",
        "a@b.dk\nBcc:alle@b.dk",
        "a@b.dk%0ABcc:alle@b.dk",
        "a@b.dk,c@d.dk",
        "a@b.dk;c@d.dk",
        "a@b.dk c@d.dk",
        "Anna <a@b.dk>",
        '"a"@b.dk',
        "a@b@c.dk",
        "a@b..dk",
        f"a@{'b' * 64}.dk",
        "a@b.dk\u2028Bcc: alle@b.dk",
        f"{'a' * 200}@b.dk",
        "a" * 100_000,
    ],
)
def test_what_is_no_address_is_refused(ask, store, mailbox, address):
    """A line break, a list and what is no address: the form says so, and nothing is written or sent."""
    answer = ask(address)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not mailbox.letters
    assert not rows(store, message)
    assert not rows(store, sign_in_link)


def test_a_danish_page_sends_a_danish_letter(mailed, mailbox):
    """The Danish text stands alone, with one link, under a subject with the election's name."""
    path = mailed()
    letter = mailbox.letters[-1]
    assert "lang=da" in path
    assert letter["Content-Language"] == "da"
    assert letter.get_content().count("http://") == 1
    assert "Linket virker i 30 minutter og kun én gang." in letter.get_content()
    assert "Køge" in letter["Subject"]


def test_another_language_is_written_with_danish_below(client, app, mailed, mailbox):
    """Who reads the pages in Arabic gets the link twice, in her language and in Danish, and it opens an Arabic page."""
    path = mailed(query="?lang=ar")
    letter = mailbox.letters[-1]
    assert "lang=ar" in path
    assert letter["Content-Language"] == "ar, da"
    assert letter.get_content().count("http://") == 2
    assert "Har du ikke bedt om linket? Så skal du ikke gøre noget." in letter.get_content()
    stranger = app.test_client()
    assert '<html lang="ar" dir="rtl">' in stranger.get(path).text
    press(stranger, path)
    assert '<html lang="ar" dir="rtl">' in stranger.get(DOOR).text


def test_one_goes_on_where_one_was_going(client, mailed):
    """The page that was asked for first is remembered in the link; one of another house is not."""
    assert press(client, mailed(query="?next=/koege-2021/stand/mine")).location == "/koege-2021/stand/mine"
    leave(client)
    path = mailed(query="?next=//evil.example/stand")
    assert "evil" not in path
    assert press(client, f"{path}&next=https://evil.example/").location == FORM


def test_the_link_leads_to_our_own_address(client, ask, mailbox):
    """Whoever asks with another Host header has a link to this house mailed all the same."""
    page = client.get(DOOR, base_url="http://evil.example")
    token = Page(page.text).tokens[0]
    data = {"email": ADDRESS, "csrf_token": token}
    assert client.post(f"{DOOR}/email", data=data, base_url="http://evil.example").status_code == 200
    client.application.extensions["postman"].wait()
    assert "evil" not in mailbox.letters[0].as_string()


def test_nothing_is_kept_in_clear(ask, client, mailed, mailbox, store, settings, caplog):
    """Neither token nor address lies in the database, its journal or a log; the letter is gone once it is sent."""
    caplog.set_level(logging.DEBUG, logger="votingapp")
    path = mailed()
    token = path.split("/link/")[1].split("?")[0]
    press(client, path)
    leave(client)
    mailbox.stop()
    ask("bo@eksempel.dk")
    assert len(rows(store, message)) == 1
    secrets = (ADDRESS, "bo@eksempel.dk", token)
    seen = caplog.text + repr(rows(store, throttle))
    assert not any(secret in seen for secret in secrets)
    assert not any(secret.encode() in kept_bytes(settings) for secret in secrets)
    assert "ConnectionRefusedError" in caplog.text


def test_a_letter_waits_for_the_mail_server(app, ask, mailbox, store, clock):
    """While no server answers, the page says the same; the next letter takes the first along."""
    mailbox.stop()
    assert ask().status_code == 200
    mailbox.start()
    clock.advance(minutes=2)
    ask("bo@eksempel.dk")
    assert sorted(letter["To"] for letter in mailbox.letters) == [ADDRESS, "bo@eksempel.dk"]
    assert not rows(store, message)


def test_links_that_are_over_are_forgotten(ask, store, clock):
    """Old links do not pile up: the next one that is asked for sweeps them out."""
    ask()
    clock.advance(minutes=30, seconds=1)
    ask("bo@eksempel.dk")
    assert len(rows(store, sign_in_link)) == 1


def test_a_house_without_a_mail_server_says_so(settings, store, election):
    """Where no mail can be sent no link is promised; the paper form is named."""
    app = create_office(settings, store)
    app.test_client_class = AuditingClient
    client = app.test_client()
    page = client.get(DOOR).text
    assert "på papir" in page
    assert 'name="email"' not in page
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(f"{DOOR}/email", data={"email": ADDRESS}).status_code == 404
    assert client.get(f"{DOOR}/link/x").status_code == 404


def test_a_rehearsal_without_a_mail_server_shows_the_link(settings, store, found_election):
    """So that one can try it on a laptop, and at a rehearsal only, the page shows what would have been mailed."""
    found_election(store, slug="prove", rehearsal=True)
    app = create_office(settings, store)
    app.test_client_class = AuditingClient
    client = app.test_client()
    token = Page(client.get("/prove/identify").text).tokens[0]
    page = client.post("/prove/identify/email", data={"email": ADDRESS, "csrf_token": token}).text
    path = re.search(r'href="(/prove/identify/link/[^"]+)"', page)[1].replace("&amp;", "&")
    assert press(client, path).location == "/prove/stand/form"
    assert not rows(store, message)
