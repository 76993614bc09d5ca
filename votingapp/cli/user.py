"""`votingapp user`: the officials who may sign in."""

from __future__ import annotations

import secrets

import click

from candidates.cpr import may_hold_cpr
from votingapp.cli.options import rehearsal_option
from votingapp.settings import load_settings
from votingapp.store import audit, elections, migrate, staff
from votingapp.store.staff import LoginTaken, Role
from votingapp.web.app import open_store


@click.group()
def user() -> None:
    """Add the officials who work with an election."""


@user.command()
@rehearsal_option
@click.argument("login")
@click.option("--name", required=True, help="The official's name, as documents show it.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Appoint to this role at --election.")
@click.option("--election", "slug", help="The election's slug (the word in its addresses).")
@click.option("--founder", is_flag=True, help="May found new elections.")
def add(login: str, name: str, role: str | None, slug: str | None, *, founder: bool) -> None:
    """Add an official and print her one-time password; she chooses her own when she first signs in."""
    if (role is None) != (slug is None):
        raise click.UsageError("--role and --election belong together")
    if may_hold_cpr(name):
        raise click.BadParameter("looks like a CPR number", param_hint="--name")
    store = open_store(load_settings())
    if not migrate.is_current(store.engine):
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    election = None
    if slug is not None:
        with store.reading() as connection:
            election = elections.by_slug(connection, slug)
        if election is None:
            raise click.BadParameter(f"no election is called {slug}", param_hint="--election")
    password = secrets.token_urlsafe(12)
    added = store.write(lambda work: staff.add(work, audit.COMMAND_LINE, login, name, password, may_found=founder))
    if isinstance(added, LoginTaken):
        raise click.BadParameter(f"{login} is taken", param_hint="LOGIN")
    if election is not None and role is not None:
        store.write(lambda work: staff.appoint(work, audit.COMMAND_LINE, election.id, added.id, Role(role)))
    click.echo(f"{login}  one-time password: {password}")
