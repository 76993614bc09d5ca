"""`votingapp restore`: go on from the stick of a computer that broke."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from votingapp.cli.options import rehearsal_option
from votingapp.documents.dates import COPENHAGEN
from votingapp.settings import load_settings, tls_folder
from votingapp.settings.house import REHEARSAL
from votingapp.store.backup.emergency_code import Mistyped, read_code
from votingapp.store.backup.restoring import CannotRestore, Destination, read_stick, restore_into
from votingapp.store.backup.sealing import SheetKey, key_of
from votingapp.store.backup.snapshot import database_path
from votingapp.store.backup.stick import Stick, houses_on
from votingapp.web.app import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.settings import Settings
    from votingapp.store.backup.restoring import Chain, Restored

_ATTEMPTS = 3
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option(
    "--code-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the sheet's code."
)
@click.option("--check", is_flag=True, help="Only see whether sheet and stick fit and are whole; change nothing.")
@click.option("--incomplete", is_flag=True, help="Go on although something that was kept is missing on the stick.")
@rehearsal_option
def restore(folder: Path, code_file: Path | None, *, check: bool, incomplete: bool) -> None:
    """Go on from the stick in FOLDER, in a home (VOTINGAPP_HOME) that holds no election yet.

    Asks for the code on the emergency sheet. The computer that broke must not be started again.
    """
    settings = load_settings()
    database = _database(settings)
    if not check:
        _refuse_a_house_in_use(database)
    if settings.rehearsal and (folder / REHEARSAL).is_dir():
        folder /= REHEARSAL
    houses = houses_on(folder)
    if not houses:
        raise click.ClickException(f"there is no backup in {folder}")
    key = _ask(code_file)
    if key.house.name not in houses:
        raise click.ClickException("this sheet does not belong to the backup in that folder")
    try:
        chain = read_stick(Stick(folder, key.house.name), key)
        _say_whether_complete(chain, incomplete=incomplete)
        if check:
            click.echo(f"sheet and stick fit; the copy and {len(chain.records)} acts after it can be read")
            return
        restored = restore_into(Destination.of(settings, tls_folder(os.environ)), chain, utc_now)
    except CannotRestore as error:
        raise click.ClickException(f"nothing was restored: {error}") from None
    _tell(restored)


def _database(settings: Settings) -> Path:
    if not settings.database_url.startswith("sqlite"):
        raise click.ClickException("a stick is restored into SQLite; unset DATABASE_URL")
    return Path(database_path(settings))


def _refuse_a_house_in_use(database: Path) -> None:
    """An empty database, as `db upgrade` makes it, may be replaced; one in which anything was recorded may not."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        used = "audit_entry" in tables and connection.execute("SELECT 1 FROM audit_entry").fetchone() is not None
    if used:
        raise click.ClickException(f"{database} holds an election; set VOTINGAPP_HOME to an empty folder")


def _ask(code_file: Path | None) -> SheetKey:
    if code_file is not None:
        return _read(code_file.read_text(encoding="utf-8"))
    for _attempt in range(_ATTEMPTS):
        try:
            return _read(click.prompt("The code on the emergency sheet", type=str, err=True))
        except click.ClickException as error:
            click.echo(error.message, err=True)
            if not sys.stdin.isatty():
                break
    raise click.ClickException("the code was not read; nothing was restored")


def _read(typed: str) -> SheetKey:
    seed = read_code(typed)
    if isinstance(seed, Mistyped):
        raise click.ClickException(
            "a code has seven groups of five signs" if seed.group is None else f"group {seed.group} is mistyped"
        )
    return key_of(seed)


def _say_whether_complete(chain: Chain, *, incomplete: bool) -> None:
    if chain.complete:
        return
    words = "the stick was out of step or is damaged: what was kept last is missing on it"
    if not incomplete:
        raise CannotRestore(f"{words}; to go on without it, add --incomplete")
    click.echo(f"votingapp: {words}", err=True)


def _tell(restored: Restored) -> None:
    click.echo(
        f"restored and verified: {restored.entries} entries in the logs, the last of {_local(restored.last_entry_at)}"
    )
    click.echo(f"last admission at a desk: {_local(restored.last_admission_at)}")
    click.echo("next: votingapp serve, as on the computer before")


def _local(instant: datetime | None) -> str:
    return "none" if instant is None else f"{instant.astimezone(COPENHAGEN):%d.%m.%Y %H.%M.%S}"
