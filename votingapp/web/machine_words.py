"""What is wrong with the machine, said so that a board member knows what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import format_decimal, format_timedelta
from flask_babel import gettext as _

from votingapp.store.backup.mark import Why
from votingapp.watch.judging import GIBIBYTE, MEBIBYTE, Code, Level
from votingapp.web.languages import clock, local_time

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.watch.judging import Concern


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, what to do about it, and whether that can wait."""

    what: str
    do: str
    is_alarm: bool


def tell(concern: Concern) -> Told:
    """Put one concern into words."""
    return Told(_what(concern), _do(concern), concern.level is Level.ALARM)


def _what(concern: Concern) -> str:  # noqa: PLR0911, C901, PLR0912 - one sentence for each code
    match concern.code:
        case Code.DISK_LOW:
            return str(_("Maskinens disk er næsten fuld: %(free)s er tilbage.", free=tell_bytes(concern.figure)))
        case Code.DISK_SILENT:
            return str(_("Maskinens disk svarer ikke."))
        case Code.BACKUP_DISK_LOW:
            return str(_("USB-nøglen med backup er næsten fuld: %(free)s er tilbage.", free=tell_bytes(concern.figure)))
        case Code.BACKUP_DISK_SILENT:
            return str(_("USB-nøglen med backup svarer ikke."))
        case Code.BACKUP_OFF:
            return str(_("Der er ingen backup."))
        case Code.BACKUP_NO_SHEET:
            return str(_("Der er ingen backup, for nødarket mangler."))
        case Code.BACKUP_NOT_YET:
            return str(_("Der er endnu ikke lavet nogen backup."))
        case Code.BACKUP_BEHIND:
            return _behind(concern.since)
        case Code.BACKUP_REMEMBERS:
            return str(_("USB-nøglen med backup ved endnu, i hvilken rækkefølge stemmerne kom."))
        case Code.BACKUP_UNWATCHED:
            return str(_("Intet program holder øje med backuppen."))
        case Code.BACKUP_SAME_DISK:
            return str(_("Backuppen ligger på maskinens egen disk."))
        case Code.BATTERY_LOW:
            return str(_("Maskinens batteri er på %(percent)s %% og lades ikke.", percent=concern.figure))
        case Code.CLOCK_BACK:
            return str(_("Maskinens ur er gået %(time)s tilbage.", time=tell_seconds(concern.figure)))
        case Code.CLOCK_FORWARD:
            return str(_("Maskinens ur er gået %(time)s frem.", time=tell_seconds(concern.figure)))
        case Code.ROLL_OFF:
            return str(_("Valglisten skrives ikke på en USB-nøgle."))
        case Code.ROLL_UNWRITTEN:
            return str(_("Intet program skriver valglisten på USB-nøglen."))
        case Code.ROLL_BEHIND:
            return _old_roll(concern.since)
        case Code.ROLL_SAME_DISK:
            return str(_("Valglisten skrives på maskinens egen disk."))
        case Code.DESK_CLOCK_OFF:
            desks, time = ", ".join(concern.desks), tell_seconds(concern.figure)
            return str(_("Uret viser %(time)s forkert på %(desks)s eller på maskinen.", time=time, desks=desks))


def _behind(since: datetime | None) -> str:
    if since is None:
        return str(_("Backuppen er bagud."))
    return str(
        _(
            "Backuppen er bagud: det, der er sket siden kl. %(time)s, findes kun på denne maskine.",
            time=tell_clock(since),
        )
    )


def _old_roll(written: datetime | None) -> str:
    if written is None:
        return str(_("Valglisten kunne ikke skrives på USB-nøglen."))
    return str(_("Valglisten på USB-nøglen er fra kl. %(time)s og kan ikke fornyes.", time=tell_clock(written)))


def _do(concern: Concern) -> str:  # noqa: PLR0911, C901, PLR0912 - one sentence for each code
    match concern.code:
        case Code.DISK_LOW:
            return str(_("Slet eller flyt filer, som ikke hører til valget. Når disken er fuld, kan ingen lukkes ind."))
        case Code.DISK_SILENT:
            return str(_("Brug den trykte valgliste, og tilkald teknisk hjælp."))
        case Code.BACKUP_DISK_LOW:
            return str(_("Hav en ny USB-nøgle klar."))
        case Code.BACKUP_OFF | Code.BACKUP_SAME_DISK:
            return str(_("Går maskinen i stykker, er aftenens oplysninger væk. Brug en USB-nøgle til backup."))
        case Code.BACKUP_NO_SHEET:
            return str(_("Lav nødarket med kommandoen votingapp backup key."))
        case Code.BACKUP_REMEMBERS:
            return str(_("Lad USB-nøglen sidde i. Den bliver lavet om af sig selv."))
        case Code.BACKUP_UNWATCHED:
            return str(_("Genstart programmet på maskinen."))
        case Code.BACKUP_DISK_SILENT | Code.BACKUP_NOT_YET | Code.BACKUP_BEHIND:
            return _about_the_stick(concern.why)
        case Code.BATTERY_LOW:
            return str(_("Sæt maskinen til strøm nu."))
        case Code.CLOCK_BACK | Code.CLOCK_FORWARD:
            return str(_("Se på et andet ur, og ret maskinens. Skriv i hændelsesloggen, hvad du rettede."))
        case Code.ROLL_OFF | Code.ROLL_SAME_DISK:
            return str(
                _("Går maskinen i stykker, kan bordene ikke gå videre på papir. Brug en USB-nøgle til valglisten.")
            )
        case Code.ROLL_UNWRITTEN:
            return str(_("Genstart programmet på maskinen."))
        case Code.ROLL_BEHIND:
            return str(_("Se efter, om USB-nøglen sidder i, eller sæt en anden i."))
        case Code.DESK_CLOCK_OFF:
            return str(_("Se på et tredje ur, hvilket der går rigtigt, og ret det andet."))


def _about_the_stick(why: Why | None) -> str:
    match why:
        case Why.GONE | Why.NOT_THE_STICK | None:
            return str(_("Se efter, om USB-nøglen sidder i."))
        case Why.FULL:
            return str(_("USB-nøglen er fuld. Sæt en ny i."))
        case Why.SLOW | Why.BROKEN | Why.READ_ONLY:
            return str(_("USB-nøglen er i stykker, langsom eller skrivebeskyttet. Sæt en ny i."))
        case _:
            return str(_("Den indhenter det af sig selv. Vent fem minutter."))


def tell_over(code: Code) -> str:  # noqa: PLR0911 - one sentence for each kind
    """That what was noticed is over, for the log of incidents."""
    match code:
        case Code.DISK_LOW | Code.DISK_SILENT:
            return str(_("Der er igen plads på maskinens disk."))
        case Code.BACKUP_DISK_LOW | Code.BACKUP_DISK_SILENT:
            return str(_("Der er igen plads på USB-nøglen med backup."))
        case Code.BATTERY_LOW:
            return str(_("Maskinen får strøm igen, eller batteriet er ladet op."))
        case Code.CLOCK_BACK | Code.CLOCK_FORWARD:
            return str(_("Maskinens ur passer igen med loggen."))
        case Code.DESK_CLOCK_OFF:
            return str(_("Bordenes ure passer igen med maskinens."))
        case Code.BACKUP_UNWATCHED:
            return str(_("Der holdes igen øje med backuppen."))
        case Code.ROLL_OFF | Code.ROLL_UNWRITTEN | Code.ROLL_BEHIND | Code.ROLL_SAME_DISK:
            return str(_("Valglisten skrives igen på USB-nøglen."))
        case _:
            return str(_("Backuppen er i orden igen."))


def tell_bytes(number: int) -> str:
    """A number of bytes as people say it: `850 MB`, `12,5 GB`."""
    if number < GIBIBYTE:
        return f"{number // MEBIBYTE} MB"
    return f"{format_decimal(number * 10 // GIBIBYTE / 10)} GB"


def tell_seconds(number: int) -> str:
    """A length of time in its largest unit: `3 minutter`."""
    return str(format_timedelta(timedelta(seconds=number), threshold=1.2))


def tell_clock(at: datetime) -> str:
    """The time of day of an instant, in Danish time: `17.04`."""
    return clock(local_time(at).time())
