"""`votingapp rehearse`: an election that is over, one to vote at and one to stand at, served to be tried by hand."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from votingapp.cli.demo import HELD_ON, hold_one, own_house, show
from votingapp.demo import devices, files, keys
from votingapp.demo.crew import renew
from votingapp.demo.outcomes import RehearsalError
from votingapp.demo.rehearsal import Plan, prepare
from votingapp.demo.schedule import RehearsalClock
from votingapp.demo.standing import RETURNED, Called, call_for_candidates
from votingapp.listening import Door
from votingapp.post.delivery import deliver
from votingapp.settings import load_settings
from votingapp.supervising import serve_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.demo.crew import Crew
    from votingapp.demo.people import Person
    from votingapp.demo.rehearsal import Prepared
    from votingapp.documents.invitations import InvitationSheet
    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

_EVERYWHERE = ("0.0.0.0:", "[::]:")


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a rehearsal's papers lie."""

    folder: Path

    @property
    def slips(self) -> Path:
        return self.folder / "open" / "slips.pdf"

    @property
    def voters(self) -> Path:
        return self.folder / "open" / "voters.txt"

    @property
    def devices(self) -> Path:
        return self.folder / "open" / "devices.pdf"

    @property
    def key_sheets(self) -> Path:
        return self.folder / "open" / "key-sheets.txt"

    @property
    def people(self) -> Path:
        return self.folder / "stand" / "people.txt"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"


@click.command()
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder of an earlier rehearsal is made anew.",
)
@click.option("--office-bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--booth-bind", default="127.0.0.1:8001", show_default=True, metavar="HOST:PORT")
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
def rehearse(folder: Path, office_bind: str, booth_bind: str, *, no_serve: bool) -> None:
    """Hold a rehearsal election, open one to vote at and one to stand at, and serve them; no mail leaves the house."""
    table = _Table(_renewed(folder))
    environ = _environ(table, office_bind, booth_bind)
    settings = load_settings(environ)
    store, staff = hold_one(
        settings, table.folder, Plan("Valg til Integrationsrådet i Køge", "proevevalg", HELD_ON, 60, 15, 1, 1)
    )
    try:
        prepared = _open_one(store, staff, table)
        invited = devices.invite(store, staff.secretary, prepared.election, settings)
        devices.write_sheet(store, invited, table.devices)
        called = _call_one(store, staff, table, settings)
        store.clock = lambda: datetime.now(UTC)
        staff = renew(store, staff, (prepared.election, called.election))
    except RehearsalError as error:
        raise click.ClickException(f"the rehearsal stopped: {error}") from error
    store.engine.dispose()
    _tell(staff, prepared, called, table, office_bind, booth_bind)
    _tell_devices(invited, table)
    if not no_serve:
        os.environ.clear()
        os.environ.update(environ)
        click.get_current_context().exit(serve_all((Door("office", office_bind, 2), Door("booth", booth_bind, 2))))


def _environ(table: _Table, office_bind: str, booth_bind: str) -> dict[str, str]:
    """The settings of a rehearsal: it has a house of its own and writes to nobody, whatever the environment says."""
    kept = {
        name: value
        for name, value in own_house(os.environ, table.folder).items()
        if not name.startswith(("VOTINGAPP_SMTP_", "VOTINGAPP_MAIL_"))
    }
    kept.setdefault("VOTINGAPP_OFFICE_URL", f"http://{_reachable(office_bind)}")
    kept.setdefault("VOTINGAPP_BOOTH_URL", f"http://{_reachable(booth_bind)}")
    return kept | {"VOTINGAPP_MAIL_FOLDER": str(table.mail.absolute())}


def _reachable(bind: str) -> str:
    for everywhere in _EVERYWHERE:
        bind = bind.replace(everywhere, "127.0.0.1:")
    return bind


def _open_one(store: Store, staff: Crew, table: _Table) -> Prepared:
    """A second election whose election day is today, left with its poll open."""
    now = datetime.now(UTC)
    clock = RehearsalClock(now - timedelta(days=100))
    store.clock = clock
    plan = Plan("Valg, som du selv kan stemme til", "proev-selv", now.date(), 20, 8, 2, 2, frozen_at=now)
    prepared = prepare(store, clock, staff, plan, show)
    table.slips.parent.mkdir()
    files.write_slips(prepared.stack, table.slips.parent)
    files.write_zero_report(store, prepared.election, table.slips.parent)
    _write(table.voters, _notes(prepared.people[plan.candidates :]))
    _write(table.key_sheets, _sheets(prepared))
    return prepared


def _call_one(store: Store, staff: Crew, table: _Table, settings: Settings) -> Called:
    """A third election whose nominations are open, left with some that wait to be decided on."""
    now = datetime.now(UTC)
    clock = RehearsalClock(now - timedelta(days=60))
    store.clock = clock
    called = call_for_candidates(store, clock, staff, now, settings.office_url)
    table.people.parent.mkdir()
    _write(table.people, _notes(called.free))
    if settings.mail is not None:
        deliver(store, settings.mail)
    return called


def _notes(people: Iterable[Person]) -> Iterable[str]:
    return (f"{one.name}; {one.birth_date:%d.%m.%Y}; {one.cpr}" for one in people)


def _sheets(prepared: Prepared) -> Iterable[str]:
    yield f"Passphrase of every sheet: {keys.PASSPHRASE}"
    codes = keys.sheet_codes(prepared.election, prepared.holders)
    for holder, code in zip(prepared.holders, codes, strict=True):
        yield f"{holder.official.login}: {code}"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _tell(staff: Crew, prepared: Prepared, called: Called, table: _Table, office_bind: str, booth_bind: str) -> None:
    office = f"http://{_reachable(office_bind)}"
    lines = [
        "",
        f"Office and public pages:  {office}/",
        f"Booth:                    http://{_reachable(booth_bind)}/",
        "",
        "Sign in with a name and its one-time password:",
        *(f"  {member.official.login:<14}{member.password}   {member.role.value}" for member in staff.members),
        "",
        f"To vote ({prepared.election.slug}): voters {table.voters}, slips {table.slips},",
        f"  key sheets for decryption {table.key_sheets}.",
        f"To stand ({called.election.slug}): {office}/{called.election.slug}/stand as one of {table.people}.",
        f"  To mend a nomination that was sent back: {RETURNED}.",
        f"  No mail is sent: every message is a file in {table.mail}; open the newest one and follow its link.",
        "",
        f"Everything lies in {table.folder}; delete it and nothing is left.",
        "",
    ]
    click.echo("\n".join(lines))


def _tell_devices(invited: InvitationSheet, table: _Table) -> None:
    lines = [
        "Nobody is admitted and nobody votes but at a device that has joined. Open each link in the browser that is to be it:",
        *(f"  {name:<14}{link}" for name, link in devices.links(invited)),
        f"  Each link works once. The same as a sheet to scan: {table.devices}.",
        "",
    ]
    click.echo("\n".join(lines))


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
