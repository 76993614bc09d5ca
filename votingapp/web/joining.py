"""A device comes in: whoever holds an unused code lets her browser be the desk or the booth that the code was made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from votingapp.store import audit, devices
from votingapp.web import throttle

if TYPE_CHECKING:
    from votingapp.store.devices import Device, Kind
    from votingapp.store.unit_of_work import Store, Work

_FAILURES = 20
"""Nobody guesses a code of 100 bits; this keeps the tries of a broken program off the database."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The device is in; its browser is to keep the token, which is nowhere else."""

    device: Device
    token: str


@dataclass(frozen=True, slots=True)
class NotJoined:
    """The code is unknown, used, too old or for the other kind of device; which, is told to nobody."""


@dataclass(frozen=True, slots=True)
class TriedTooOften:
    """Too many wrong codes from this address; the door stays shut for a quarter of an hour."""


def join(store: Store, code: str, kind: Kind) -> Joined | NotJoined | TriedTooOften:
    """Use up a code at the app that serves this kind of device. A wrong code leaves no trace but a count."""
    door = f"join:{throttle.visitor_of(request.remote_addr)}"[:100]
    if throttle.is_shut(store, door, _FAILURES):
        return TriedTooOften()
    joined = store.write(lambda work: _join(work, code, kind))
    if joined is None:
        throttle.count_failure(store, door)
        return NotJoined()
    throttle.forget(store, door)
    return joined


def _join(work: Work, code: str, kind: Kind) -> Joined | None:
    found = devices.join(work, code, kind)
    if found is None:
        return None
    device, token = found
    work.record(device.election_id, audit.DEVICE, "device_joined", device=device.name, kind=device.kind.value)
    return Joined(device, token)
