"""A browser joins with its code, in the office as a desk and in the booth as a booth, and is told nothing about wrong codes."""

from __future__ import annotations

import html
import json
import re

import pytest
from auditing import Page
from sqlalchemy import select

from votingapp.store.staff import Role
from votingapp.store.tables.devices import device as device_table
from votingapp.store.tables.staff import throttle
from votingapp.web.devices import cookie_name


def words(answer) -> str:
    return html.unescape(answer.text)


def join_desk(client, code: str, **kwargs):
    return client.submit("/join", {"code": code}, **kwargs)


def join_booth(client, code: str, **kwargs):
    return client.post("/join", data={"code": code}, headers={"Sec-Fetch-Site": "same-origin"}, **kwargs)


WAYS = pytest.mark.parametrize("way", ["desk", "booth"])


@pytest.fixture
def codes(store, election, add_staff, invite):
    """The codes of two desks and two booths by name."""
    return invite(store, add_staff(store, election, "anna"), election, 2, 2)


@pytest.fixture
def arrive(office, booth):
    """A browser that nobody knows, with the way it joins and the name that is to be its: `arrive("desk")`."""

    def come(way: str):
        if way == "desk":
            return office.test_client(), join_desk, "Bord 1"
        return booth.test_client(), join_booth, "Stemmeboks 1"

    return come


@WAYS
def test_a_device_joins_and_is_told_who_it_is(store, election, codes, arrive, log, way):
    """The browser gets a cookie that no script reads and no other site sends, and the page names the device."""
    client, join, name = arrive(way)
    answer = join(client, codes[name])
    assert answer.status_code in {302, 303}
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert codes[name] not in cookie
    shown = words(client.get(answer.location, follow_redirects=True))
    assert (f"er nu {name}" if way == "desk" else f'data-device="{name}"') in shown
    assert [(actor, act, json.loads(details)) for actor, act, details in log(store)][-1] == (
        "device",
        "device_joined",
        {"device": name, "kind": way},
    )


@WAYS
def test_over_tls_the_cookie_stays_on_tls(settings, store, election, codes, way):
    """In the canteen the token never travels in clear."""
    from dataclasses import replace  # noqa: PLC0415 - this test alone builds houses of its own

    from auditing import AuditingClient  # noqa: PLC0415

    from votingapp.booth import create_booth  # noqa: PLC0415
    from votingapp.office import create_office  # noqa: PLC0415

    app = (create_office if way == "desk" else create_booth)(replace(settings, https=True), store)
    app.test_client_class = AuditingClient
    host = {"base_url": "https://localhost"}
    client = app.test_client()
    if way == "desk":
        token = Page(client.get("/join", **host).text).tokens[0]
        headers = {"Referer": "https://localhost/join"}
        answer = client.post("/join", data={"code": codes["Bord 1"], "csrf_token": token}, headers=headers, **host)
    else:
        answer = join_booth(client, codes["Stemmeboks 1"], **host)
    assert "Secure" in answer.headers["Set-Cookie"]


@WAYS
def test_every_wrong_code_gets_the_same_answer(store, codes, arrive, clock, way):
    """Unknown, used, of the other kind and too old look alike, set no cookie, and leave no device and no entry behind."""
    client, join, name = arrive(way)
    other, _join, _name = arrive(way)
    used, late = name, name.replace("1", "2")
    join(other, codes[used])
    foreign = codes["Stemmeboks 1" if way == "desk" else "Bord 1"]
    answers = [join(client, code) for code in ("AAAA-AAAA-AAAA-AAAA-AAAA", codes[used], foreign)]
    clock.advance(hours=13)
    answers.append(join(client, codes[late]))
    assert {answer.status_code for answer in answers} == {422}
    mains = {re.sub(r'value="[^"]*"', "", words(answer).split("<main")[1]) for answer in answers}
    assert len(mains) == 1
    assert "Koden kan ikke bruges her" in mains.pop()
    assert not [answer for answer in answers if "device" in answer.headers.get("Set-Cookie", "")]
    with store.reading() as connection:
        joined = connection.execute(select(device_table.c.name).where(device_table.c.joined_at.is_not(None))).scalars()
        assert list(joined) == [used]


@WAYS
@pytest.mark.parametrize("code", ["", "   ", "x" * 61, "\u202e", "💥", "'--"])
def test_what_is_no_code_is_refused(codes, arrive, way, code):
    """An empty, endless or odd code is told off, and the page can be used again."""
    client, join, _name = arrive(way)
    assert join(client, code).status_code == 422


@WAYS
def test_guessing_shuts_the_door_for_a_while(codes, arrive, clock, way):
    """After twenty wrong codes from one address not even a right one is taken; a quarter of an hour later it is."""
    client, join, name = arrive(way)
    for _ in range(20):
        assert join(client, "AAAA-AAAA-AAAA-AAAA-AAAA").status_code == 422
    answer = join(client, codes[name])
    assert answer.status_code == 429
    assert "Vent et kvarter" in words(answer)
    clock.advance(minutes=15)
    assert join(client, codes[name]).status_code in {302, 303}


@WAYS
def test_who_joins_in_the_end_starts_afresh(store, codes, arrive, way):
    """A few slips of the finger are not held against the room."""
    client, join, name = arrive(way)
    for _ in range(5):
        join(client, "AAAA-AAAA-AAAA-AAAA-AAAA")
    join(client, codes[name])
    with store.reading() as connection:
        assert not connection.execute(select(throttle)).all()


def test_another_sites_page_cannot_let_a_tablet_join(booth, codes):
    """A page elsewhere that knows a code cannot make a tablet of the room its own."""
    tablet = booth.test_client()
    for site in ("cross-site", "same-site"):
        answer = tablet.post("/join", data={"code": codes["Stemmeboks 1"]}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    assert join_booth(tablet, codes["Stemmeboks 1"]).status_code == 303


def test_a_desk_joins_with_the_pages_own_token_only(office, codes):
    """In the office a form of another site lacks the token and is refused."""
    client = office.test_client()
    assert client.post("/join", data={"code": codes["Bord 1"]}).status_code == 400
    assert join_desk(client, codes["Bord 1"]).status_code == 302


def test_only_the_page_of_joining_may_send_a_form(booth, codes):
    """In the booth one page alone may hand in a form, and only to the booth."""
    tablet = booth.test_client()
    assert "form-action 'self';" in tablet.get("/join").headers["Content-Security-Policy"]
    assert "form-action 'none';" in tablet.get("/").headers["Content-Security-Policy"]


def test_a_desk_goes_on_to_the_check_in(office, store, election, codes, add_staff, sign_in):
    """After joining, the official signs in and finds voters under the device's name."""
    client = office.test_client()
    assert join_desk(client, codes["Bord 2"]).location == f"/{election.slug}/checkin/"
    add_staff(store, election, "bente", Role.DESK)
    sign_in(client, "bente")
    assert "Bord 2" in words(client.get(f"/{election.slug}/checkin/"))


def test_a_booth_goes_on_to_its_election(booth, election, codes):
    """After joining, the tablet opens its election, and so it does from the bare address."""
    tablet = booth.test_client()
    assert join_booth(tablet, codes["Stemmeboks 2"]).location == f"/{election.slug}/"
    assert tablet.get("/").location == f"/{election.slug}/"
    assert tablet.get(f"/{election.slug}/election.json").status_code == 200


def test_a_browser_that_joins_anew_is_the_new_device_alone(booth, store, codes):
    """A tablet that was put at another place is that place's booth from then on."""
    tablet = booth.test_client()
    join_booth(tablet, codes["Stemmeboks 1"])
    join_booth(tablet, codes["Stemmeboks 2"])
    assert 'data-device="Stemmeboks 2"' in tablet.get("/", follow_redirects=True).text


def test_office_and_booth_have_cookies_of_their_own(office, booth):
    """A laptop can be a desk and a booth at once, on one host, without one undoing the other."""
    names = set()
    for app in (office, booth):
        with app.test_request_context("/"):
            names.add(cookie_name())
    assert len(names) == 2
