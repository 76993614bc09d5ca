"""`votingapp db`: the shape of the database."""

import click

from votingapp.cli.options import rehearsal_option
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.store.engine import make_engine


@click.group()
def db() -> None:
    """Prepare the database named by DATABASE_URL (SQLite in VOTINGAPP_HOME when unset), or that of the rehearsals."""


@db.command()
@rehearsal_option
def upgrade() -> None:
    """Bring the database to the shape this version expects; safe to repeat."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine, rehearsal=settings.rehearsal)
    engine.dispose()
    click.echo("the database is up to date")
