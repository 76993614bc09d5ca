"""Devices that have joined past the pages: put into the store, with the cookie that makes a browser be one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store import devices, staff
from votingapp.store.devices import Device, Kind
from votingapp.store.tables.staff import staff as staff_table

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import BrowserContext

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

DESK_COOKIE, BOOTH_COOKIE = "votingapp-office-device", "votingapp-booth-device"
CODE = re.compile(r"(?:[A-HJ-NP-Z2-9]{4}-){4}[A-HJ-NP-Z2-9]{4}")
"""What the code of an invitation looks like."""

_COOKIES = {Kind.DESK: DESK_COOKIE, Kind.BOOTH: BOOTH_COOKIE}


def join_device(store: Store, election: Election, kind: Kind, name: str | None = None) -> str:
    """Invite a device and let it join; answer its token. The election's log does not grow by it."""
    return known_device(store, election, kind, name)[1]


def known_device(store: Store, election: Election, kind: Kind, name: str | None = None) -> tuple[Device, str]:
    """The same, with the device itself."""
    inviter = _inviter(store)
    called = name or ("Bord 1" if kind is Kind.DESK else "Stemmeboks 1")

    def act(work) -> tuple[Device, str]:
        invited = devices.invite(work, election.id, kind, called, inviter)
        assert not isinstance(invited, devices.NameTaken), called
        joined = devices.join(work, invited[1], kind)
        assert joined is not None
        work.keep_unrecorded()
        return joined

    return store.write(act)


def revoke_device(store: Store, election: Election, name: str) -> None:
    """Take a device's access back."""
    inviter = _inviter(store)

    def act(work) -> None:
        (found,) = [one for one in devices.every(work.connection, election.id) if one.name == name]
        assert devices.revoke(work, election.id, found.id, inviter) is not None
        work.keep_unrecorded()

    store.write(act)


def use_device(client: FlaskClient, kind: Kind, token: str) -> None:
    """Let a stand-in for a browser be the device with this token."""
    client.set_cookie(_COOKIES[kind], token, domain="localhost")


def make_desk(client: FlaskClient, store: Store, election: Election, name: str = "Bord 1") -> None:
    """Let a browser of the office be a desk of this election."""
    use_device(client, Kind.DESK, join_device(store, election, Kind.DESK, name))


def make_booth(app: Flask, store: Store, election: Election, name: str = "Stemmeboks 1") -> FlaskClient:
    """A tablet that has joined as a booth of this election."""
    tablet = app.test_client()
    use_device(tablet, Kind.BOOTH, join_device(store, election, Kind.BOOTH, name))
    return tablet


def enter_as(context: BrowserContext, address: str, kind: Kind, token: str) -> None:
    """Let a real browser be the device with this token at a server of this address."""
    context.add_cookies([{"name": _COOKIES[kind], "value": token, "url": address, "httpOnly": True}])


def cookie_header(kind: Kind, token: str) -> dict[str, str]:
    """The header with which a program that is no browser says which device it is."""
    return {"Cookie": f"{_COOKIES[kind]}={token}"}


def _inviter(store: Store) -> str:
    """The id of some official, who is there or is added."""
    with store.reading() as connection:
        found = connection.execute(select(staff_table.c.id).order_by(staff_table.c.login)).scalars().first()
    if found is not None:
        return found
    added = store.write(
        lambda work: staff.add(work, "test", "tilslutter", "Til Slutter", "en lang og god sætning", may_found=False)
    )
    return added.id
