"""`votingapp roll`: the roll on a stick (VOTINGAPP_ROLL), written once or all evening."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

import click

from votingapp.cli.options import rehearsal_option
from votingapp.paper_roll.state import own_folder
from votingapp.paper_roll.watching import Watcher, status_of, watch, write_in_a_process_of_its_own
from votingapp.paper_roll.writing import write
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.supervising import end_with_the_supervisor
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

_NICE = 15
"""The lowest priority but a few: whoever is being admitted goes before the paper."""


@click.group()
def roll() -> None:
    """Keep the roll on paper too: PDFs on a stick, so that the desks can go on when the screens are dark."""


@roll.command(name="watch")
@click.option("--supervised", is_flag=True, hidden=True)
@rehearsal_option
def watch_(*, supervised: bool) -> None:
    """Write the roll whenever somebody has been admitted, until interrupted. `serve` starts this itself."""
    settings = load_settings()
    folder = _folder(settings)
    if supervised:
        end_with_the_supervisor()
    os.nice(_NICE)
    with (own_folder(settings.home) / "watcher.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one for a house; it goes with the process that holds it
        watcher = Watcher(_open(settings), settings.home, folder, write_in_a_process_of_its_own)
        watch(watcher, _wait)


@roll.command(name="write")
@click.argument("slug")
@click.option("--supervised", is_flag=True, hidden=True)
@rehearsal_option
def write_(slug: str, *, supervised: bool) -> None:
    """Write the roll of the election SLUG once, as it stands now."""
    settings = load_settings()
    folder = _folder(settings)
    if supervised:
        end_with_the_supervisor()
    store = _open(settings)
    try:
        why = write(store, settings.home, folder, slug)
    except LookupError as error:
        raise click.ClickException(f"there is no election {slug}") from error
    finally:
        store.engine.dispose()
    if supervised:
        click.get_current_context().exit(status_of(why))
    if why is not None:
        raise click.ClickException(f"the roll could not be written: {why.value}")
    click.echo(f"the roll lies in {folder}")


def _folder(settings: Settings) -> Path:
    if settings.roll is None:
        raise click.ClickException("no stick is named; set VOTINGAPP_ROLL to its folder (docs/settings.md)")
    return settings.roll


def _open(settings: Settings) -> Store:
    store = open_store(settings)
    if not migrate.is_current(store.engine):
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    return store


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return False
