"""`votingapp db`: the shape of the database."""

import click

from votingapp.cli.options import rehearsal_option
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.store.backup import Why
from votingapp.store.backup.keeping import break_off
from votingapp.store.engine import make_engine
from votingapp.web.app import open_store


@click.group()
def db() -> None:
    """Prepare the database named by DATABASE_URL (SQLite in VOTINGAPP_HOME when unset), or that of the rehearsals."""


@db.command()
@rehearsal_option
def upgrade() -> None:
    """Bring the database to the shape this version expects; safe to repeat."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    was_current = migrate.is_current(engine)
    migrate.upgrade(engine, rehearsal=settings.rehearsal)
    engine.dispose()
    if not was_current and engine.dialect.name == "sqlite":
        store = open_store(settings)
        break_off(store, Why.CHANGED)  # a journal of acts on new tables does not fit a copy of the old ones
        store.engine.dispose()
    click.echo("the database is up to date")
