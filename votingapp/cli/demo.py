"""`votingapp demo`: a whole election held by the house itself, to look at and to check."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from votingapp.demo import crew, files
from votingapp.demo.outcomes import RehearsalError
from votingapp.demo.rehearsal import Plan, hold, prepare
from votingapp.demo.schedule import RehearsalClock
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from votingapp.demo.crew import Crew
    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

HELD_ON = date(2021, 11, 23)
_START = datetime(2021, 9, 1, 8, tzinfo=UTC)
_OF_ANOTHER_HOUSE = frozenset({"DATABASE_URL", "VOTINGAPP_BACKUP", "VOTINGAPP_ROLL", "VOTINGAPP_TLS_FOLDER"})
_OUT = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--out", "folder", type=_OUT, required=True, help="An empty or absent folder; everything made lies in it."
)
@click.option("--voters", type=click.IntRange(1, 20_000), default=40, show_default=True)
@click.option("--candidates", type=click.IntRange(1, 100), default=15, show_default=True)
@click.option("--votes-per-voter", type=click.IntRange(1, 100), default=1, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Same seed, same choices cast.")
@click.option(
    "--order",
    type=click.Choice(["alphabetical", "lot"]),
    default="alphabetical",
    show_default=True,
    help="How the ballot is ordered.",
)
def demo(
    folder: Path, voters: int, candidates: int, votes_per_voter: int, seed: int, order: Literal["alphabetical", "lot"]
) -> None:
    """Hold a whole election without a browser and leave archive, figures, record and slips in a folder."""
    if votes_per_voter > candidates:
        raise click.UsageError("--votes-per-voter is larger than --candidates")
    _check_empty(folder)
    store, _staff = hold_one(
        load_settings(own_house(os.environ, folder)),
        folder,
        Plan(
            "Valg til Integrationsrådet i Køge",
            "proevevalg",
            HELD_ON,
            voters,
            candidates,
            votes_per_voter,
            seed,
            order=order,
        ),
    )
    store.engine.dispose()
    click.echo(f"record: {folder / 'record.pdf'}   archive: {folder / 'election.bel'}")


def own_house(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The settings of an election held by the house itself: a house for rehearsals in the folder, apart from every other one."""
    kept = {name: value for name, value in environ.items() if name not in _OF_ANOTHER_HOUSE}
    return kept | {"VOTINGAPP_HOME": str((folder / "house").absolute()), "VOTINGAPP_REHEARSAL": "1"}


def hold_one(settings: Settings, folder: Path, plan: Plan) -> tuple[Store, Crew]:
    """Hold the election of a plan in a new house and leave its papers in the folder."""
    clock = RehearsalClock(_START)
    store = open_store(settings, clock)
    migrate.upgrade(store.engine, rehearsal=True)
    try:
        staff = crew.hire(store)
        prepared = prepare(store, clock, staff, plan, show)
        files.write_slips(prepared.stack, folder)
        expected = hold(store, clock, staff, plan, prepared, show)
        files.write_outcome(store, prepared.election, folder, expected)
    except RehearsalError as error:
        raise click.ClickException(f"the rehearsal stopped: {error}") from error
    return store, staff


def show(label: str, steps: Iterable[None], length: int) -> None:
    """Walk through the steps of a stage with a bar on a terminal, or one line in a log."""
    if not sys.stderr.isatty():
        for _ in steps:
            pass
        click.echo(f"{label}: {length}", err=True)
        return
    with click.progressbar(steps, length=length, label=f"{label:<14}", file=sys.stderr) as bar:
        for _ in bar:
            pass


def _check_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise click.BadParameter(f"{folder} is not empty", param_hint="--out")
    folder.mkdir(parents=True, exist_ok=True)
