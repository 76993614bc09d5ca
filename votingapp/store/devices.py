"""The devices of the polling station: invited by a code that is used once, named as a desk or booth, and revocable."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from votingapp.store.tables.devices import device

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from votingapp.store.unit_of_work import Work

CODE_LIFE = timedelta(hours=12)
"""How long an invitation can be used: the devices are joined in one afternoon."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP_LENGTH = 5, 4
"""Twenty signs of thirty-two, none of them easily misread: 100 bits, which can be typed from a sheet."""

SEEN_EVERY = timedelta(seconds=20)
"""A device's sign of life is kept no more often than this."""

SILENT_AFTER = 3 * SEEN_EVERY
"""Three signs of life missed in a row are worth a walk through the room."""


# Asked at every door of desk and booth: put together once.
_BY_TOKEN = select(device).where(device.c.token_sha256 == bindparam("token"))


class Kind(StrEnum):
    """What a device is for."""

    DESK = "desk"
    BOOTH = "booth"


@dataclass(frozen=True, slots=True)
class Device:
    """A device by name; instants are UTC. It is alive while it has joined and was not revoked."""

    id: str
    election_id: str
    kind: Kind
    name: str
    invited_at: datetime
    joined_at: datetime | None
    seen_at: datetime | None
    revoked_at: datetime | None
    clock_off: int | None = None
    """By how many seconds a desk's clock is ahead of the house's; None where it has not told."""

    @property
    def is_live(self) -> bool:
        """Whether it may do what its kind does."""
        return self.joined_at is not None and self.revoked_at is None

    def is_silent(self, now: datetime) -> bool:
        """Whether nobody has heard of it for so long since it joined.

        A clock that is set back frightens nobody: what works is heard of again within seconds, and what does not is missed
        once the clock has caught up.
        """
        heard = self.seen_at or self.joined_at
        return heard is not None and now - heard >= SILENT_AFTER

    def is_invited(self, now: datetime) -> bool:
        """Whether there is a code with which it can join now."""
        return self.joined_at is None and self.revoked_at is None and now - self.invited_at <= CODE_LIFE


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Another device of this election has the name, in capitals or not; a revoked one keeps it, for the log names it so."""

    name: str


def invite(work: Work, election_id: str, kind: Kind, name: str, official_id: str) -> tuple[Device, str] | NameTaken:
    """Invite a device; answer it and the code that joins it once, of which only the hash is kept."""
    names = work.connection.execute(select(device.c.name).where(device.c.election_id == election_id)).scalars()
    if name.casefold() in {one.casefold() for one in names}:
        return NameTaken(name)
    invited, code = str(uuid.uuid4()), _draw_code()
    work.connection.execute(
        insert(device).values(
            id=invited,
            election_id=election_id,
            kind=kind.value,
            name=name,
            code_sha256=_hash_code(code),
            invited_at=work.now,
            invited_by=official_id,
        )
    )
    return Device(invited, election_id, kind, name, work.now, None, None, None), code


def invite_again(work: Work, election_id: str, device_id: str) -> str | None:
    """A fresh code for a device that has not joined or has lost its token; its old code and token are worth nothing then.

    None for a revoked device and for an id of nobody here.
    """
    code = _draw_code()
    changed = work.connection.execute(
        update(device)
        .where(device.c.election_id == election_id, device.c.id == device_id, device.c.revoked_at.is_(None))
        .values(code_sha256=_hash_code(code), token_sha256=None, joined_at=None, seen_at=None, invited_at=work.now)
    )
    return code if changed.rowcount else None


def join(work: Work, code: str, kind: Kind) -> tuple[Device, str] | None:
    """Use a code up; answer the device it makes and its token (256 bits), of which only the hash is kept.

    None for a code that is unknown, used, too old, of the other kind, or of a revoked device.
    """
    found = by_code(work.connection, code)
    if found is None or found.kind is not kind or not found.is_invited(work.now):
        return None
    token = secrets.token_urlsafe(32)
    work.connection.execute(
        update(device)
        .where(device.c.id == found.id)
        .values(code_sha256=None, token_sha256=_hash(token), joined_at=work.now, seen_at=work.now)
    )
    return replace(found, joined_at=work.now, seen_at=work.now), token


def by_code(connection: Connection, code: str) -> Device | None:
    """The device whose unused code this is, however old it is and however it was typed."""
    row = connection.execute(select(device).where(device.c.code_sha256 == _hash_code(code))).first()
    return None if row is None else _read(row)


def revoke(work: Work, election_id: str, device_id: str, official_id: str) -> Device | None:
    """Let a device do nothing any more; None for a device that is revoked already, or an id of nobody here."""
    found = find(work.connection, election_id, device_id)
    if found is None or found.revoked_at is not None:
        return None
    work.connection.execute(
        update(device)
        .where(device.c.id == device_id)
        .values(revoked_at=work.now, revoked_by=official_id, code_sha256=None, token_sha256=None)
    )
    return found


def by_token(connection: Connection, token: str) -> Device | None:
    """The live device whose token this is."""
    row = connection.execute(_BY_TOKEN, {"token": _hash(token)}).first()
    known = None if row is None else _read(row)
    return known if known is not None and known.is_live else None


def find(connection: Connection, election_id: str, device_id: str) -> Device | None:
    """The device with this id at this election."""
    row = connection.execute(
        select(device).where(device.c.election_id == election_id, device.c.id == device_id)
    ).first()
    return None if row is None else _read(row)


def every(connection: Connection, election_id: str) -> tuple[Device, ...]:
    """All devices of an election, desks first, by name."""
    rows = connection.execute(
        select(device).where(device.c.election_id == election_id).order_by(device.c.kind.desc(), device.c.name)
    )
    return tuple(_read(row) for row in rows)


def note_seen(work: Work, device_id: str, clock_off: int | None = None) -> None:
    """Keep a sign of life: the last one only, to the second, so that no rhythm is left behind. Upkeep, without an entry."""
    seen = work.now.replace(microsecond=0)
    work.connection.execute(update(device).where(device.c.id == device_id).values(seen_at=seen, clock_off=clock_off))
    work.keep_unrecorded()


def _draw_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash_code(typed: str) -> str:
    """The hash of a code, written with hyphens, blanks and capitals or without."""
    return _hash("".join(sign for sign in typed.upper() if sign in _LETTERS))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(row: Row[Any]) -> Device:
    return Device(
        id=row.id,
        election_id=row.election_id,
        kind=Kind(row.kind),
        name=row.name,
        invited_at=row.invited_at,
        joined_at=row.joined_at,
        seen_at=row.seen_at,
        revoked_at=row.revoked_at,
        clock_off=row.clock_off,
    )
