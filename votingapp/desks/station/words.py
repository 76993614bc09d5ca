"""How the evening's figures are said: how long ago, how many wait, and what the machine shows of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_timedelta
from flask_babel import gettext as _

from votingapp.desks.station.service import BoardOnly
from votingapp.paper_roll import state as roll_state
from votingapp.store.backup.state import State
from votingapp.store.queues import STEPS
from votingapp.store.settled import RecordStands
from votingapp.web.machine_words import tell_bytes, tell_clock

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.paper_roll.state import RollStatus
    from votingapp.store.backup.state import BackupStatus
    from votingapp.watch.readings import Battery, Clock, Disk
    from votingapp.watch.watchman import Health

_JUST_NOW_SECONDS = 60


def tell_age(at: datetime, now: datetime) -> str:
    """How long ago something was: `for 3 minutter siden`; the time of day where the clock was set back since."""
    passed = now - at
    if passed.total_seconds() < 0:
        return str(_("kl. %(time)s", time=tell_clock(at)))
    if passed.total_seconds() < _JUST_NOW_SECONDS:
        return str(_("lige nu"))
    return str(_("for %(time)s siden", time=format_timedelta(passed, threshold=1.2)))


def tell_waiting(waiting: int) -> str:
    """How many stand in line, as the desk reported it."""
    if waiting == 0:
        return str(_("ingen"))
    if waiting == STEPS[-1]:
        return str(_("%(number)s eller flere", number=waiting))
    return str(_("omkring %(number)s", number=waiting))


def tell_ended(ended: BoardOnly | RecordStands | None) -> str:
    """Why no line can be written any more, and what to do instead; "" while one can."""
    match ended:
        case BoardOnly():
            return str(_("Afstemningen er lukket. Nu skriver kun valgbestyrelsen i hændelsesloggen. Sig det til den."))
        case RecordStands():
            return str(
                _(
                    "Resultatet er offentliggjort, og protokollen ligger fast. Skal noget føjes til, så skriv det på papir med "
                    "dato. Valgbestyrelsen skriver under og lægger det ved protokollen."
                )
            )
        case None:
            return ""


def tell_health(health: Health) -> tuple[tuple[str, str], ...]:
    """What the machine shows of itself, line by line, whether it is well or not."""
    readings = health.readings
    lines = [
        (str(_("Disk")), _disk(readings.disk)),
        (str(_("Backup")), _backup(readings.backup)),
    ]
    if readings.backup.state not in {State.OFF, State.NO_SHEET}:
        lines.append((str(_("USB-nøgle med backup")), _disk(readings.backup_disk)))
    lines += [(str(_("Valgliste på USB-nøgle")), _roll(roll)) for roll in readings.rolls]
    lines += [(str(_("Strøm")), _power(readings.battery)), (str(_("Ur")), _clock(readings.clock))]
    return tuple(lines)


def _disk(disk: Disk | None) -> str:
    if disk is None:
        return str(_("svarer ikke"))
    return str(_("%(free)s fri (%(percent)s %%)", free=tell_bytes(disk.free), percent=disk.percent))


def _backup(backup: BackupStatus) -> str:  # noqa: PLR0911 - one phrase for each state
    match backup.state:
        case State.OFF:
            return str(_("ingen backup"))
        case State.NO_SHEET:
            return str(_("ingen backup, for nødarket mangler"))
        case State.NOT_YET:
            return str(_("ikke lavet endnu"))
        case State.OUT_OF_STEP if backup.since is not None:
            return str(_("bagud siden kl. %(time)s", time=tell_clock(backup.since)))
        case State.OUT_OF_STEP:
            return str(_("bagud"))
        case State.IN_STEP if backup.snapshot_at is not None:
            return str(_("følger med; sidste hele kopi kl. %(time)s", time=tell_clock(backup.snapshot_at)))
        case State.IN_STEP:
            return str(_("følger med"))


def _roll(roll: RollStatus) -> str:
    if roll.state is roll_state.State.OFF:
        return str(_("skrives ikke"))
    if roll.written_at is None:
        return str(_("ikke skrevet endnu"))
    return str(_("skrevet kl. %(time)s", time=tell_clock(roll.written_at)))


def _power(battery: Battery | None) -> str:
    if battery is None:
        return str(_("intet batteri"))
    if battery.on_mains:
        return str(_("får strøm; batteriet er på %(percent)s %%", percent=battery.percent))
    return str(_("kører på batteri: %(percent)s %%", percent=battery.percent))


def _clock(clock: Clock) -> str:
    if not clock.desks:
        return str(_("passer med loggen") if not clock.behind_log else _("passer ikke med loggen"))
    most = max(abs(desk.ahead) for desk in clock.desks)
    return str(_("højst %(seconds)s sekunder fra bordenes ure", seconds=most))
