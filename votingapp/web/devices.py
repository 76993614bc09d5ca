"""Which device of the polling station a browser is: a random token in a cookie of its own, its hash in the database."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import current_app, g, request

from votingapp.store import devices
from votingapp.store.devices import SEEN_EVERY, Device, Kind
from votingapp.store.unit_of_work import StoreFull
from votingapp.web.reading import reading

if TYPE_CHECKING:
    from datetime import datetime

    from werkzeug.wrappers import Response

    from votingapp.store.unit_of_work import Store

_MILLISECONDS = re.compile(r"[0-9]{1,13}")

_FAR_OFF = 10**9
"""Seconds, some thirty years: whoever is further off than that is not told how far."""

_WHOLE_LIFE_SECONDS = 14 * 24 * 3600
"""A device that joins in the week before need not be joined again on the day."""


def cookie_name() -> str:
    """The cookie's name: the app's own with a word behind it, so that office and booth, and a rehearsal, never share it."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def remember_device(response: Response, token: str) -> None:
    """Let this browser be the device whose token it is; no script can read the cookie and no other site makes it be sent."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=_WHOLE_LIFE_SECONDS,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Strict",
    )


def current_device() -> Device | None:
    """The live device that this browser is, of whatever kind and election; None for any other browser."""
    if "device" not in g:
        g.device = _find()
    found: Device | None = g.device
    return found


def device_here(kind: Kind, election_id: str) -> Device | None:
    """The live device of this kind at this election that this browser is."""
    found = current_device()
    return found if found is not None and (found.kind, found.election_id) == (kind, election_id) else None


def keep_alive(store: Store, found: Device) -> None:
    """Note that a device was seen, now and then; the caller asks on pages that a device opens by itself."""
    if is_due(found, store.clock()):
        off = clock_off(found, store.clock())
        with suppress(StoreFull):  # a full disk keeps no device from showing what it shows
            store.write(lambda work: devices.note_seen(work, found.id, off))


def is_due(found: Device, now: datetime) -> bool:
    """Whether the last sign of life is old enough, or lies in the future of a clock that was set back."""
    return found.seen_at is None or abs(now - found.seen_at) >= SEEN_EVERY


def clock_off(found: Device, now: datetime) -> int | None:
    """By how many seconds a desk's clock is ahead, where its page says what it shows (`?clock=`, milliseconds of Unix time).

    A booth is not asked: nothing that a tablet says of itself is to tell it from another one.
    """
    told = request.args.get("clock", "")
    if found.kind is not Kind.DESK or not _MILLISECONDS.fullmatch(told):
        return None
    off = int(told) // 1000 - int(now.timestamp())
    return min(max(off, -_FAR_OFF), _FAR_OFF)


def _find() -> Device | None:
    token = request.cookies.get(cookie_name())
    if not token:
        return None
    with reading() as connection:
        return devices.by_token(connection, token)
