"""How the state of a device is told: what it is, and whether somebody must look after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask_babel import gettext as _
from flask_babel import ngettext

from votingapp.store.devices import CODE_LIFE, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.store.devices import Device

_HOUR = 60


@dataclass(frozen=True, slots=True)
class Told:
    """The state in words; `colour` is that of the answers at the desk, "" for what needs no eye."""

    colour: Literal["good", "warning", "bad", ""]
    text: str


def tell_kind(kind: Kind) -> str:
    """A desk or a booth, in one word."""
    return str(_("Bord") if kind is Kind.DESK else _("Stemmeboks"))


def tell(device: Device, now: datetime) -> Told:
    """How a device stands at an instant."""
    if device.revoked_at is not None:
        return Told("bad", str(_("Adgangen er taget tilbage")))
    if device.joined_at is None:
        return _tell_invited(device, now)
    seconds = max(0, int((now - (device.seen_at or device.joined_at)).total_seconds()))
    if device.is_silent(now):
        return Told("warning", _not_seen(seconds // 60))
    return Told("good", _seen(seconds))


def _tell_invited(device: Device, now: datetime) -> Told:
    if device.is_invited(now):
        return Told("", str(_("Inviteret, ikke tilsluttet endnu")))
    hours = int(CODE_LIFE.total_seconds()) // 3600
    return Told("warning", str(_("Invitationen er udløbet efter %(hours)s timer. Lav en ny kode.", hours=hours)))


def _seen(seconds: int) -> str:
    if seconds == 0:
        return str(_("Tilsluttet, set lige nu"))
    return str(
        ngettext("Tilsluttet, set for %(num)s sekund siden", "Tilsluttet, set for %(num)s sekunder siden", seconds)
    )


def _not_seen(minutes: int) -> str:
    if minutes < _HOUR:
        return str(ngettext("Ikke set i %(num)s minut", "Ikke set i %(num)s minutter", minutes))
    hours = minutes // _HOUR
    return str(ngettext("Ikke set i %(num)s time", "Ikke set i %(num)s timer", hours))
