"""Where a request came from: what the proxies we trust say, and nothing a stranger writes herself."""

from __future__ import annotations

import pytest
from auditing import Page
from flask import request
from sqlalchemy import select

from votingapp.booth import create_booth
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store.tables.staff import throttle as doors
from votingapp.web import throttle

FORGED, OUTER, INNER = "203.0.113.9", "198.51.100.7", "192.0.2.1"


@pytest.fixture
def knock(tmp_path, store):
    """Fail to sign in behind so many proxies and give the addresses that were counted: `knock(proxies, header)`."""

    def fail(proxies: int, forwarded: str) -> set[str]:
        environ = {"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_TRUSTED_PROXIES": str(proxies)}
        client = create_office(load_settings(environ), store).test_client()
        headers = {"X-Forwarded-For": forwarded}
        token = Page(client.get("/sign-in", headers=headers).text).tokens[0]
        data = {"login": "anna", "password": "forkert", "csrf_token": token}
        assert client.post("/sign-in", data=data, headers=headers).status_code == 403
        with store.reading() as connection:
            counted = connection.scalars(select(doors.c.door))
            return {door.removeprefix("address:") for door in counted if door.startswith("address:")}

    return fail


def test_without_a_proxy_a_forged_header_changes_nothing(knock):
    """Whoever writes another address into the header is counted under her own all the same."""
    assert knock(0, FORGED) == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (1, OUTER, OUTER),
        (1, f"{FORGED}, {OUTER}", OUTER),
        (1, f"{FORGED},{FORGED}, {OUTER}", OUTER),
        (2, f"{FORGED}, {OUTER}, {INNER}", OUTER),
        (2, OUTER, "127.0.0.1"),
    ],
)
def test_behind_proxies_only_what_they_added_counts(knock, proxies, forwarded, counted):
    """The entry of the outermost trusted proxy counts; what stands before it the visitor may have written herself."""
    assert knock(proxies, forwarded) == {counted}


def test_what_is_no_address_counts_as_one_visitor(knock):
    """A header of nonsense opens no door of its own at each try."""
    assert knock(1, "<script>") == {"unknown"}


@pytest.mark.parametrize(("proxies", "secure"), [(0, False), (1, True)])
def test_only_a_trusted_proxy_tells_that_the_visitor_came_over_tls(tmp_path, store, proxies, secure):
    """Without a trusted proxy nobody makes a plain request look encrypted; no header names another host."""
    environ = {"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_TRUSTED_PROXIES": str(proxies)}
    app = create_office(load_settings(environ), store)
    seen = []
    app.before_request(lambda: seen.append((request.is_secure, request.host)))
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": OUTER}
    app.test_client().get("/", headers=headers)
    assert seen == [(secure, "localhost")]


def test_the_booth_stands_behind_the_same_proxies(tmp_path, store):
    """Both apps are told by one setting."""
    environ = {"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_TRUSTED_PROXIES": "1"}
    app = create_booth(load_settings(environ), store)
    assert app.wsgi_app.x_for == 1


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("192.0.2.7, 10.0.0.1", "unknown"),
    ],
)
def test_a_whole_network_of_addresses_is_one_visitor(address, visitor):
    """Whoever has one IPv6 address has billions more next to it, and they are counted together."""
    assert throttle.visitor_of(address) == visitor
