"""Everything that differs from one town hall to the next, read once at start and never changed after."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.settings.house import REHEARSAL, Place, read_place
from votingapp.settings.keys import Keys, load_keys
from votingapp.settings.outside import (
    Broker,
    Claims,
    MailFolder,
    MailSecurity,
    MailServer,
    into_folder,
    read_broker,
    read_mail,
)
from votingapp.settings.reading import SettingsError, is_safe_address, number, switch
from votingapp.settings.tls import Tls, read_tls, tls_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Broker",
    "Claims",
    "Keys",
    "MailFolder",
    "MailSecurity",
    "MailServer",
    "Settings",
    "SettingsError",
    "Tls",
    "is_safe_address",
    "load_settings",
    "tls_folder",
]

MOST_PROXIES = 5

OFFICE_PORT, BOOTH_PORT, TRUST_PORT = 8000, 8001, 8080


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where it keeps its data, how it is reached, who tells us who people are and who takes our mail.

    `trusted_proxies` is how many reverse proxies stand before the apps and tell the truth about where a request came from.
    `tls` is the house's own certificate; `https` is true with it, or when a proxy has one.
    `backup` is the folder (a stick) on which everything that is kept lies too; on SQLite only.
    `roll` is the folder (a stick) on which the printed roll is written anew all evening.
    `booth_printers` says that each booth has a printer at its own cable, on which a voter may print her receipt.
    `rehearsal` says that the house holds rehearsals (prøvevalg) and nothing else; it has a database and keys of its own.
    """

    home: Path
    database_url: str
    keys: Keys
    https: bool
    office_url: str
    booth_url: str
    broker: Broker | None = None
    mail: MailServer | MailFolder | None = None
    trusted_proxies: int = 0
    tls: Tls | None = None
    backup: Path | None = None
    rehearsal: bool = False
    roll: Path | None = None
    booth_printers: bool = False

    @property
    def cookie_suffix(self) -> str:
        """What the names of a rehearsal's cookies end in: one device can be known at both houses."""
        return "-rehearsal" if self.rehearsal else ""

    @property
    def strict_transport(self) -> bool:
        """Whether browsers are told to come to this host over TLS only, whatever its port (HSTS).

        Not where the house has its own certificate: the page at which devices learn to trust it is in clear on the same host.
        """
        return self.https and self.tls is None


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; make the home folder and its keys when they are missing.

    docs/settings.md lists every variable. Raises SettingsError, which names the variable that cannot be used.
    """
    source = os.environ if environ is None else environ
    place = read_place(source)
    tls, mail = read_tls(source), read_mail(source)
    return Settings(
        home=place.home,
        database_url=place.database_url,
        keys=load_keys(place.home / "keys"),
        https=switch(source, "VOTINGAPP_HTTPS") or tls is not None,
        office_url=_address(source, "VOTINGAPP_OFFICE_URL", tls, OFFICE_PORT),
        booth_url=_address(source, "VOTINGAPP_BOOTH_URL", tls, BOOTH_PORT),
        broker=read_broker(source),
        mail=into_folder(mail, place.home / "mail") if place.rehearsal else mail,
        trusted_proxies=number(source, "VOTINGAPP_TRUSTED_PROXIES", 0, 0, MOST_PROXIES),
        tls=tls,
        backup=_backup_folder(source, place),
        rehearsal=place.rehearsal,
        roll=_roll_folder(source, place),
        booth_printers=switch(source, "VOTINGAPP_BOOTH_PRINTERS"),
    )


def _address(source: Mapping[str, str], name: str, tls: Tls | None, port: int) -> str:
    usual = f"http://127.0.0.1:{port}" if tls is None else tls.address("https", port)
    return (source.get(name) or usual).rstrip("/")


def _roll_folder(source: Mapping[str, str], place: Place) -> Path | None:
    """The folder of the printed roll; a rehearsal's own folder in it, or it would write over the real roll."""
    named = source.get("VOTINGAPP_ROLL")
    if not named:
        return None
    folder = Path(named).absolute()
    if not place.rehearsal:
        return folder
    if folder.is_dir():  # a stick that is not there is not made up for by a folder on the disk
        with suppress(OSError):
            (folder / REHEARSAL).mkdir(mode=0o700, exist_ok=True)
    return folder / REHEARSAL


def _backup_folder(source: Mapping[str, str], place: Place) -> Path | None:
    named = source.get("VOTINGAPP_BACKUP")
    if not named:
        return None
    if not place.database_url.startswith("sqlite"):
        raise SettingsError(
            "VOTINGAPP_BACKUP is for SQLite; PostgreSQL has streaming replication instead (docs/settings.md)"
        )
    folder = Path(named).absolute()
    return folder / REHEARSAL if place.rehearsal else folder
