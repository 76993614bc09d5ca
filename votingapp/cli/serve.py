"""`votingapp serve`: open the doors of office and booth, and beside them the one at which devices learn to trust the house."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from votingapp.cli.options import rehearsal_option
from votingapp.listening import Door
from votingapp.network import own_addresses
from votingapp.settings import BOOTH_PORT, OFFICE_PORT, TRUST_PORT, MailFolder, load_settings
from votingapp.settings.reading import is_this_machine
from votingapp.supervising import end_with_the_supervisor, serve_all

if TYPE_CHECKING:
    from votingapp.settings import Settings

_HERE, _ROOM = "127.0.0.1", "0.0.0.0"


@click.command()
@rehearsal_option
@click.option("--only", type=click.Choice(["office", "booth", "trust"]), help="Serve one of the apps.")
@click.option("--room", is_flag=True, help="Be found by the room's devices, not by this machine alone.")
@click.option("--office-bind", metavar="HOST:PORT", help=f"[default: {_HERE}:{OFFICE_PORT}]")
@click.option("--booth-bind", metavar="HOST:PORT", help=f"[default: {_HERE}:{BOOTH_PORT}]")
@click.option("--trust-bind", metavar="HOST:PORT", help=f"[default: {_HERE}:{TRUST_PORT}; only with a certificate]")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes for each app.")
@click.option("--listener", type=click.IntRange(3), hidden=True)
def serve(
    only: str | None,
    office_bind: str | None,
    booth_bind: str | None,
    trust_bind: str | None,
    workers: int,
    listener: int | None,
    *,
    room: bool,
) -> None:
    """Serve the office (with the public pages) and the booth until interrupted; an app that dies is started again.

    With a certificate (votingapp tls) both are served over TLS, and a third, small app shows devices how to trust it.
    """
    settings = load_settings()
    if room and not settings.https:
        raise click.UsageError(
            "--room needs a certificate, for tablets do without cameras in clear; run: votingapp tls"
        )
    host = _ROOM if room else _HERE
    doors = [
        Door("office", office_bind or f"{host}:{OFFICE_PORT}", workers),
        Door("booth", booth_bind or f"{host}:{BOOTH_PORT}", workers),
    ]
    if settings.tls is not None and settings.tls.authority is not None:
        doors.append(Door("trust", trust_bind or f"{host}:{TRUST_PORT}", 1))
    elif only == "trust":
        raise click.UsageError("there is no certificate authority to show; run: votingapp tls")
    if listener is None:  # whoever was started by the supervisor finds what that has looked at
        if only != "trust":
            _check_database(settings)
            _shake_what_was_left(settings)
        _warn(settings)
        _warn_of_clear(settings, doors)
    if only is None:
        click.get_current_context().exit(_serve_all(doors, settings))
    _serve_one(next(door for door in doors if door.app == only), settings, listener)


def _serve_all(doors: list[Door], settings: Settings) -> int:
    return serve_all(tuple(doors), with_backup=settings.backup is not None, with_roll=settings.roll is not None)


def _serve_one(door: Door, settings: Settings, listener: int | None) -> None:
    if door.app == "office" and isinstance(settings.mail, MailFolder):
        click.echo(f"No mail is sent: every message is written into {settings.mail.path}.", err=True)
    from votingapp.serving import serve_one  # noqa: PLC0415 - the apps, which the supervisor has no need to load

    if listener is None:
        serve_one(door, settings)
    else:
        end_with_the_supervisor()
        serve_one(door, settings, socket.socket(fileno=listener))


def _check_database(settings: Settings) -> None:
    from votingapp.store import house, migrate  # noqa: PLC0415 - an app that is started again does not look once more
    from votingapp.store.engine import make_engine  # noqa: PLC0415

    engine = make_engine(settings.database_url)
    house.check(engine, rehearsal=settings.rehearsal)
    current = migrate.is_current(engine)
    engine.dispose()
    if not current:
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")


def _shake_what_was_left(settings: Settings) -> None:
    """Have the database forget the order of ballots that it still knows, as from an election annulled while somebody read."""
    from votingapp.store import urns  # noqa: PLC0415 - as above
    from votingapp.store.engine import make_engine  # noqa: PLC0415

    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        left = urns.unshaken(connection)
    engine.dispose()
    if not left:
        return
    from votingapp.store.backup.keeping import shake_what_was_left  # noqa: PLC0415
    from votingapp.web.app import open_store  # noqa: PLC0415

    store = open_store(settings)
    if not shake_what_was_left(store):
        click.echo(
            "Something still reads in the database, which knows the order of ballots; end it and start anew", err=True
        )
    store.engine.dispose()


def _warn_of_clear(settings: Settings, doors: list[Door]) -> None:
    """Say that passwords and votes would travel in clear, where a door is open to others and nobody adds TLS."""
    if settings.https:
        return
    for door in doors:
        if not is_this_machine(door.host):
            click.echo(
                f"The {door.app} at {door.bind} is open to the network in clear, and whoever listens reads passwords; "
                "run: votingapp tls",
                err=True,
            )


def _warn(settings: Settings) -> None:
    """Say what will be missed: a sheet for the backup, or a certificate that devices trust at the machine's addresses."""
    from votingapp.store.backup.state import load_house_key  # noqa: PLC0415 - as above

    if settings.backup is not None and load_house_key(settings.home) is None:
        click.echo("Nothing is written to the stick: there is no emergency sheet; run: votingapp backup key", err=True)
    if settings.tls is None:
        return
    if settings.tls.expires <= datetime.now(UTC):
        click.echo("The server's certificate has expired, no device will trust it; run: votingapp tls", err=True)
    missing = [address for address in own_addresses() if address not in settings.tls.names]
    if missing and settings.tls.authority is not None:
        addresses = ", ".join(missing)
        click.echo(f"The certificate is not for {addresses}. If devices are to use it, run: votingapp tls", err=True)
