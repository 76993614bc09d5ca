"""`votingapp tls`: a certificate authority and a server certificate for the room, made on the laptop itself."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import qrcode

from votingapp.certificates import (
    CertificateError,
    canonical_name,
    found_authority,
    in_rows,
    issue,
    read_authority,
)
from votingapp.documents.trust_sheet import TrustSheet, render_trust_sheet
from votingapp.network import own_addresses, own_host
from votingapp.settings import BOOTH_PORT, OFFICE_PORT, TRUST_PORT, Tls, tls_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from votingapp.certificates import Authority

_ALWAYS = ("localhost", "127.0.0.1", "::1")
_SOON = timedelta(days=30)


@click.command()
@click.option(
    "--address", metavar="NAME", help="The address devices use first. [default: the one on the local network]"
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="One more address or name; may be repeated.")
@click.option(
    "--new-authority", is_flag=True, help="Replace the authority: every device must then be told to trust anew."
)
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE.pdf",
    help="Write the sheet to print, with the steps for each kind of device.",
)
def tls(address: str | None, names: tuple[str, ...], sheet: Path | None, *, new_authority: bool) -> None:
    """Make the certificate with which the room's devices reach this laptop over TLS; run again when its address changes.

    The first time a certificate authority is made too, which devices are told to trust once; after that only the server's
    certificate is renewed, and trusted devices go on trusting it.
    """
    folder = _folder()
    given = _canonical((*filter(None, [address]), *names))
    now = datetime.now(UTC)
    try:
        with _alone(folder):
            authority, is_new = _authority(folder, given, now, new_authority=new_authority)
            chosen = _names(authority, given)
            server = issue(folder, authority, chosen, now)
    except CertificateError as error:
        raise click.ClickException(str(error)) from error
    made = Tls(folder, server.names, server.expires)
    if is_new:
        click.echo(f"A new certificate authority is made: {authority.title}. Every device must be told to trust it.")
    else:
        click.echo(f"The server's certificate is renewed by the same authority: {authority.title}.")
        click.echo("Devices that trust it need nothing; a running server shows the new certificate at once.")
    _tell(authority, made, now)
    if sheet is not None:
        sheet.write_bytes(render_trust_sheet(_sheet(authority, made), now.astimezone().date()))
        click.echo(f"The sheet to print: {sheet}")


def _folder() -> Path:
    folder = tls_folder(os.environ)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def _canonical(names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(canonical_name(name) for name in names)
    except CertificateError as error:
        raise click.BadParameter(str(error), param_hint="--name") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one command at a time write in the folder, or two authorities could be made and one of them lost."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _authority(folder: Path, given: tuple[str, ...], now: datetime, *, new_authority: bool) -> tuple[Authority, bool]:
    found = read_authority(folder)
    if found is not None and not new_authority:
        return found, False
    return found_authority(folder, (*given, *own_addresses(), *_own_hosts()), own_host(), now), True


def _own_hosts() -> tuple[str, ...]:
    """The machine's name, alone and as the room's devices find it (mDNS); nothing where it has none that can be used."""
    try:
        host = canonical_name(own_host())
    except CertificateError:
        return ()
    return () if host == "localhost" else (f"{host}.local", host)


def _names(authority: Authority, given: tuple[str, ...]) -> tuple[str, ...]:
    """Every name the certificate is for; what is asked for by name must be possible, what is found is left out if it is not."""
    for name in given:
        if not authority.permits(name):
            raise CertificateError(
                f"the authority was made for the room alone and cannot vouch for {name}; "
                f"run: votingapp tls --new-authority --name {name}"
            )
    found = []
    for name in (*own_addresses(), *_own_hosts()):
        if authority.permits(name):
            found.append(name)
        else:
            click.echo(f"Left out, for the authority cannot vouch for it: {name}", err=True)
    return tuple(dict.fromkeys((*given, *found, *_ALWAYS)))


def _tell(authority: Authority, made: Tls, now: datetime) -> None:
    trust = _trust_address(made)
    ends = authority.certificate.not_valid_after_utc
    lines = [
        "",
        f"It is for: {', '.join(made.names)}",
        f"It is good until {made.expires:%d.%m.%Y}, the authority until {ends:%d.%m.%Y}.",
        "",
        "The authority's SHA-256 fingerprint, to be compared on each device:",
        *(f"  {row}" for row in in_rows(authority.fingerprint)),
        "",
        f"Devices learn to trust it at  {trust}",
        f"Office  {made.address('https', OFFICE_PORT)}/   booth  {made.address('https', BOOTH_PORT)}/",
        "Serve them to the room with:  votingapp serve --room",
    ]
    click.echo("\n".join(lines))
    if ends - now < _SOON:
        click.echo(
            "The authority's time is soon over; for a later election run: votingapp tls --new-authority", err=True
        )
    code = qrcode.QRCode()
    code.add_data(trust)
    try:
        code.print_ascii(out=sys.stdout, invert=True)
    except UnicodeEncodeError:  # a terminal without block characters has the address above
        click.echo()


def _sheet(authority: Authority, made: Tls) -> TrustSheet:
    return TrustSheet(
        trust=_trust_address(made),
        office=f"{made.address('https', OFFICE_PORT)}/",
        booth=f"{made.address('https', BOOTH_PORT)}/",
        authority=authority.title,
        fingerprint=in_rows(authority.fingerprint),
        expires=authority.certificate.not_valid_after_utc.astimezone().date(),
    )


def _trust_address(made: Tls) -> str:
    return f"{made.address('http', TRUST_PORT)}/"
