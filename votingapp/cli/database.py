"""`votingapp db`: the shape of the database."""

import click

from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.store.engine import make_engine


@click.group()
def db() -> None:
    """Prepare the database named by DATABASE_URL (SQLite in VOTINGAPP_HOME when unset)."""


@db.command()
def upgrade() -> None:
    """Bring the database to the shape this version expects; safe to repeat."""
    engine = make_engine(load_settings().database_url)
    migrate.upgrade(engine)
    engine.dispose()
    click.echo("the database is up to date")
