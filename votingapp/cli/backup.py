"""`votingapp backup`: the emergency sheet, and whoever looks after the stick."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from votingapp.cli.options import rehearsal_option
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.emergency_sheet import render_emergency_sheet
from votingapp.settings import load_settings
from votingapp.store import audit, migrate
from votingapp.store.backup import State, Why, status
from votingapp.store.backup.emergency_code import write_code
from votingapp.store.backup.keeping import break_off, lies_beside, stick_of, take_snapshot
from votingapp.store.backup.sealing import key_of, new_seed
from votingapp.store.backup.state import load_house_key, own_folder, save_house_key
from votingapp.store.backup.watching import EVERY_SECONDS, watch
from votingapp.supervising import end_with_the_supervisor
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

_NICE = 10


@click.group()
def backup() -> None:
    """Keep everything on a stick too (VOTINGAPP_BACKUP), so that another computer can go on from it."""


@backup.command()
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write the PDF here, not to stdout.")
@click.option("--replace", is_flag=True, help="Make a new sheet; the one before opens nothing that comes after.")
@rehearsal_option
def key(sheet: Path | None, *, replace: bool) -> None:
    """Make the emergency sheet (nødark): a PDF with the only code that opens the backup. The code is kept nowhere else."""
    settings = load_settings()
    if load_house_key(settings.home) is not None and not replace:
        raise click.ClickException(
            "there is an emergency sheet already; if it is lost, run: votingapp backup key --replace"
        )
    if sheet is None and sys.stdout.isatty():
        raise click.UsageError("the sheet is a PDF: send it to a printer (| lp) or name a file (--sheet FILE)")
    store = _open(settings)
    seed = new_seed()
    house_key = key_of(seed).house
    paper = render_emergency_sheet(write_code(seed), house_key.name, datetime.now(COPENHAGEN).date())
    if sheet is None:
        sys.stdout.buffer.write(paper)
        sys.stdout.buffer.flush()
    else:
        _write_for_the_owner(sheet, paper)
    # Only now: a key whose sheet never came out would make backups that nobody can open.
    save_house_key(settings.home, house_key)
    break_off(store, Why.CHANGED)
    store.write(lambda work: work.record(audit.HOUSE, audit.COMMAND_LINE, "emergency_sheet_made", key=house_key.name))
    store.engine.dispose()
    click.echo(
        f"The sheet belongs to the files with {house_key.name} in their names. Print it and delete the PDF.", err=True
    )


@backup.command(name="watch")
@click.option(
    "--every", type=click.FloatRange(1), default=EVERY_SECONDS, show_default=True, help="Seconds between copies."
)
@click.option("--supervised", is_flag=True, hidden=True)
@rehearsal_option
def watch_(every: float, *, supervised: bool) -> None:
    """Look after the stick until interrupted: a copy every ten minutes, and whenever it is needed. `serve` starts this itself."""
    settings = _with_folder()
    if supervised:
        end_with_the_supervisor()
    os.nice(_NICE)
    with _alone(settings.home):
        watch(_open(settings), settings, every, _wait)


@backup.command()
@rehearsal_option
def now() -> None:
    """Put a fresh copy on the stick, as before a journey; not while the house is being served, which does so itself."""
    settings = _with_folder()
    house_key = load_house_key(settings.home)
    if house_key is None:
        raise click.ClickException("there is no emergency sheet yet; run: votingapp backup key")
    with _alone(settings.home, wait=False):
        store = _open(settings)
        stick = stick_of(settings, house_key)
        take_snapshot(store, settings, house_key, stick)
        store.engine.dispose()
    click.echo("a copy is on the stick")
    if lies_beside(settings.home, stick.folder):
        click.echo("votingapp: the folder lies on the computer's own disk and would break with it", err=True)


@backup.command(name="status")
@rehearsal_option
def status_() -> None:
    """Say how the backup stands. Exit 1 when a broken computer would take something with it."""
    settings = load_settings()
    if settings.backup is not None:
        _open(settings).engine.dispose()
    found = status(settings)
    words = [found.state.value]
    for name, instant in (("copy of", found.snapshot_at), ("out of step since", found.since)):
        if instant is not None:
            words.append(f"{name} {instant.astimezone(COPENHAGEN):%d.%m.%Y %H.%M}")
    if found.why is not None:
        words.append(f"because: {found.why.value}")
    words += [word for word, so in (("same disk", found.same_disk), ("nobody watches", not found.watched)) if so]
    if found.forgetting:
        words.append("copies from before the close are still to be removed")
    click.echo(", ".join(words))
    if found.state is not State.IN_STEP or found.same_disk:
        click.get_current_context().exit(1)


def _with_folder() -> Settings:
    settings = load_settings()
    if settings.backup is None:
        raise click.ClickException("no stick is named; set VOTINGAPP_BACKUP to its folder (docs/settings.md)")
    return settings


def _open(settings: Settings) -> Store:
    store = open_store(settings)
    if not migrate.is_current(store.engine):
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    return store


def _write_for_the_owner(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


@contextmanager
def _alone(home: Path, *, wait: bool = True) -> Iterator[None]:
    """Nobody else of this house makes copies meanwhile; the lock goes with the process that holds it."""
    with (own_folder(home) / "watcher.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise click.ClickException("the house is being served and makes its copies itself") from None
        yield


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return False
