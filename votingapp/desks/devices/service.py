"""What the secretariat does with the devices of the polling station: invite them, invite them anew, take their access back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import devices
from votingapp.store.devices import Kind, NameTaken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from votingapp.store.devices import Device
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

MOST_DEVICES = 150
"""At one election: no polling station needs so many, and a page and a sheet can hold them."""

USUAL_NAMES = {Kind.DESK: "Bord", Kind.BOOTH: "Stemmeboks"}
"""What the signs in the polling station say; a number follows. In Danish everywhere, as on the signs."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Every device of an election, and the instant at which they were looked at (UTC)."""

    devices: tuple[Device, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A device and the code that joins it once; the code is shown now and kept nowhere."""

    device: Device
    code: str


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitations that were made, in the order they were asked for."""

    invitations: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class TooMany:
    """There would be more devices than one election may have; none was invited."""


@dataclass(frozen=True, slots=True)
class NoSuchDevice:
    """The device is not of this election, or its access was taken back before."""


def look_over(store: Store, election: Election) -> Overview:
    """Every device of an election, desks first."""
    with store.reading() as connection:
        return Overview(devices.every(connection, election.id), store.clock())


def find(store: Store, election: Election, device_id: str) -> Device | NoSuchDevice:
    """One device of an election, revoked or not."""
    with store.reading() as connection:
        return devices.find(connection, election.id, device_id) or NoSuchDevice()


def invite(store: Store, official: Staff, election: Election, kind: Kind, name: str) -> Invited | NameTaken | TooMany:
    """Invite one device by a name of its own."""
    return store.write(lambda work: _invite(work, official, election, [(kind, name)]))


def invite_several(
    store: Store, official: Staff, election: Election, desks: int, booths: int
) -> Invited | NameTaken | TooMany:
    """Invite so many desks and booths, each under the next number that no device has had."""

    def act(work: Work) -> Invited | NameTaken | TooMany:
        known = devices.every(work.connection, election.id)
        wanted = [*_next_names(known, Kind.DESK, desks), *_next_names(known, Kind.BOOTH, booths)]
        return _invite(work, official, election, wanted)

    return store.write(act)


def invite_again(store: Store, official: Staff, election: Election, device_id: str) -> Invited | NoSuchDevice:
    """A fresh code for a device that broke or lost its token; what it had before is worth nothing from now on."""

    def act(work: Work) -> Invited | NoSuchDevice:
        code = devices.invite_again(work, election.id, device_id)
        again = devices.find(work.connection, election.id, device_id)
        if code is None or again is None:
            return NoSuchDevice()
        work.record(election.id, official.login, "device_invited_again", device=again.name, kind=again.kind.value)
        return Invited((Invitation(again, code),))

    return store.write(act)


def revoke(store: Store, official: Staff, election: Election, device_id: str) -> Device | NoSuchDevice:
    """Take a device's access back for good: its next request is refused."""

    def act(work: Work) -> Device | NoSuchDevice:
        gone = devices.revoke(work, election.id, device_id, official.id)
        if gone is None:
            return NoSuchDevice()
        work.record(election.id, official.login, "device_revoked", device=gone.name, kind=gone.kind.value)
        return gone

    return store.write(act)


def open_invitations(store: Store, election: Election, codes: Sequence[str]) -> tuple[Invitation, ...]:
    """Those of some codes that still let a device of this election in, for the sheet that is printed of them."""
    with store.reading() as connection:
        now = store.clock()
        found = [(devices.by_code(connection, code), code) for code in codes[:MOST_DEVICES]]
    return tuple(
        Invitation(one, code)
        for one, code in found
        if one is not None and one.election_id == election.id and one.is_invited(now)
    )


def _invite(
    work: Work, official: Staff, election: Election, wanted: Sequence[tuple[Kind, str]]
) -> Invited | NameTaken | TooMany:
    if len(devices.every(work.connection, election.id)) + len(wanted) > MOST_DEVICES:
        return TooMany()
    made: list[Invitation] = []
    for kind, name in wanted:
        outcome = devices.invite(work, election.id, kind, name, official.id)
        if isinstance(outcome, NameTaken):
            return outcome
        made.append(Invitation(*outcome))
    work.record(election.id, official.login, "devices_invited", devices=[name for _kind, name in wanted])
    return Invited(tuple(made))


def _next_names(known: Iterable[Device], kind: Kind, number: int) -> Iterator[tuple[Kind, str]]:
    """The next names in the row, behind the highest number that is taken."""
    usual = re.compile(rf"{USUAL_NAMES[kind]}\s+(\d{{1,4}})", re.IGNORECASE)
    taken = [int(found[1]) for found in (usual.fullmatch(one.name) for one in known) if found]
    first = max(taken, default=0) + 1
    return ((kind, f"{USUAL_NAMES[kind]} {place}") for place in range(first, first + number))
