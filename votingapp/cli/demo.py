"""`votingapp demo` and `votingapp rehearse`: a whole election held by the house itself, to look at and to try."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from votingapp.demo import crew, files
from votingapp.demo.outcomes import RehearsalError
from votingapp.demo.rehearsal import Plan, hold, prepare
from votingapp.demo.schedule import RehearsalClock
from votingapp.serving import Door, serve_all
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.demo.crew import Crew
    from votingapp.demo.rehearsal import Prepared
    from votingapp.store.unit_of_work import Store

_HELD_ON = date(2021, 11, 23)
_START = datetime(2021, 9, 1, 8, tzinfo=UTC)
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
    store, _staff = _hold_one(
        _empty(folder),
        Plan(
            "Valg til Integrationsrådet i Køge",
            "proevevalg",
            _HELD_ON,
            voters,
            candidates,
            votes_per_voter,
            seed,
            order=order,
        ),
    )
    store.engine.dispose()
    click.echo(f"record: {folder / 'record.pdf'}   archive: {folder / 'election.bel'}")


@click.command()
@click.option("--out", "folder", type=_OUT, required=True, help="A folder of an earlier rehearsal is made anew.")
@click.option("--office-bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--booth-bind", default="127.0.0.1:8001", show_default=True, metavar="HOST:PORT")
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
def rehearse(folder: Path, office_bind: str, booth_bind: str, *, no_serve: bool) -> None:
    """Hold a rehearsal election, open a second one to be tried by hand, and serve both."""
    folder = _renewed(folder)
    store, staff = _hold_one(folder, Plan("Valg til Integrationsrådet i Køge", "proevevalg", _HELD_ON, 60, 15, 1, 1))
    prepared = _open_one(store, staff, folder)
    store.engine.dispose()
    _tell(staff, prepared, folder, office_bind, booth_bind)
    if not no_serve:
        os.environ["VOTINGAPP_HOME"] = str((folder / "house").absolute())
        click.get_current_context().exit(serve_all((Door("office", office_bind, 2), Door("booth", booth_bind, 2))))


def _hold_one(folder: Path, plan: Plan) -> tuple[Store, Crew]:
    clock = RehearsalClock(_START)
    settings = load_settings({**os.environ, "VOTINGAPP_HOME": str(folder / "house")})
    store = open_store(settings, clock)
    migrate.upgrade(store.engine)
    try:
        staff = crew.hire(store)
        prepared = prepare(store, clock, staff, plan, _show)
        files.write_slips(prepared.stack, folder)
        expected = hold(store, clock, staff, plan, prepared, _show)
        files.write_outcome(store, prepared.election, folder, expected)
    except RehearsalError as error:
        raise click.ClickException(f"the rehearsal stopped: {error}") from error
    return store, staff


def _open_one(store: Store, staff: Crew, folder: Path) -> Prepared:
    """A second election whose election day is today, left with its poll open."""
    now = datetime.now(UTC)
    clock = RehearsalClock(now - timedelta(days=100))
    store.clock = clock
    plan = Plan("Valg, som du selv kan stemme til", "proev-selv", now.date(), 20, 8, 2, 2, frozen_at=now)
    prepared = prepare(store, clock, staff, plan, _show)
    opened = folder / "open"
    opened.mkdir()
    files.write_slips(prepared.stack, opened)
    voters = prepared.people[plan.candidates :]
    notes = [f"{voter.name}; {voter.birth_date:%d.%m.%Y}; {voter.cpr}" for voter in voters]
    (opened / "voters.txt").write_text("\n".join(notes) + "\n", encoding="utf-8")
    keys = [f"{holder.official.login}: {holder.seed}" for holder in prepared.holders]
    (opened / "key-notes.txt").write_text("\n".join(keys) + "\n", encoding="utf-8")
    return prepared


def _tell(staff: Crew, prepared: Prepared, folder: Path, office_bind: str, booth_bind: str) -> None:
    opened = folder / "open"
    lines = [
        "",
        f"Office and public pages:  http://{office_bind}/",
        f"Booth:                    http://{booth_bind}/",
        "",
        "Sign in with a name and its one-time password:",
        *(f"  {member.official.login:<14}{member.password}   {member.role.value}" for member in staff.members),
        "",
        f"To try by hand ({prepared.election.slug}): voters {opened / 'voters.txt'}, slips {opened / 'slips.pdf'},",
        f"key notes for decryption {opened / 'key-notes.txt'}. Everything lies in {folder}; delete it and nothing is left.",
        "",
    ]
    click.echo("\n".join(lines))


def _show(label: str, steps: Iterable[None], length: int) -> None:
    """Walk through the steps of a stage with a bar on a terminal, or one line in a log."""
    if not sys.stderr.isatty():
        for _ in steps:
            pass
        click.echo(f"{label}: {length}", err=True)
        return
    with click.progressbar(steps, length=length, label=f"{label:<14}", file=sys.stderr) as bar:
        for _ in bar:
            pass


def _empty(folder: Path) -> Path:
    if folder.exists() and any(folder.iterdir()):
        raise click.BadParameter(f"{folder} is not empty", param_hint="--out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _renewed(folder: Path) -> Path:
    """Empty the folder of an earlier rehearsal; anything else that is not empty is left alone."""
    if (folder / "house").is_dir() and (folder / "expected.json").is_file():
        shutil.rmtree(folder)
    with suppress(FileNotFoundError):
        if any(folder.iterdir()) and not (folder / "house").is_dir():
            raise click.BadParameter(f"{folder} is not empty and not a rehearsal", param_hint="--out")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
