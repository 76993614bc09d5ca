"""Asking for a link: the answer is everybody's, nobody's letter box is filled, and the letter reaches who asked."""

from __future__ import annotations

import logging
import re

import pytest
from auditing import AuditingClient, Page
from mailed_links import ADDRESS, DOOR, FORM, leave, press, rows
from standing import kept_bytes

from votingapp.office import create_office
from votingapp.store.tables.applicants import sign_in_link
from votingapp.store.tables.post import message
from votingapp.store.tables.staff import throttle


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
