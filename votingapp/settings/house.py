"""Which house it is: the real one, or the one for rehearsals beside it, which shares neither database nor keys with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.settings.reading import SettingsError, switch

if TYPE_CHECKING:
    from collections.abc import Mapping

REHEARSAL = "rehearsal"
"""The folder, inside the home of the real house, in which the house for rehearsals (prøvevalg) lies."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a house keeps what is its own."""

    home: Path
    database_url: str
    rehearsal: bool


def real_home(source: Mapping[str, str]) -> Path:
    """The home of the real house, where what it shares with rehearsals lies: the certificates."""
    return Path(source.get("VOTINGAPP_HOME") or "instance").absolute()


def read_place(source: Mapping[str, str]) -> Place:
    """Find the house that is meant, and make its folder.

    A rehearsal never opens DATABASE_URL: where the real house is on a database server, one of its own must be named.
    """
    rehearsal = switch(source, "VOTINGAPP_REHEARSAL")
    real = real_home(source)
    home = real / REHEARSAL if rehearsal else real
    for folder in dict.fromkeys((real, home)):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    named = _rehearsal_url(source) if rehearsal else source.get("DATABASE_URL", "")
    return Place(home, named or f"sqlite:///{home / 'election.db'}", rehearsal)


def _rehearsal_url(source: Mapping[str, str]) -> str:
    real, named = source.get("DATABASE_URL", ""), source.get("VOTINGAPP_REHEARSAL_DATABASE_URL", "")
    if named and named == real:
        raise SettingsError("VOTINGAPP_REHEARSAL_DATABASE_URL names the database of the real house")
    if not named and real and not real.startswith("sqlite:"):
        raise SettingsError("VOTINGAPP_REHEARSAL_DATABASE_URL must be set: a rehearsal does not open DATABASE_URL")
    return named
