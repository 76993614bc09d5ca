"""`votingapp serve`: open the doors of office and booth."""

from __future__ import annotations

import click

from votingapp.serving import Door, serve_all, serve_one
from votingapp.settings import MailFolder, load_settings
from votingapp.store import migrate
from votingapp.store.engine import make_engine


@click.command()
@click.option("--only", type=click.Choice(["office", "booth"]), help="Serve one of the two apps.")
@click.option("--office-bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--booth-bind", default="127.0.0.1:8001", show_default=True, metavar="HOST:PORT")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes for each app.")
def serve(only: str | None, office_bind: str, booth_bind: str, workers: int) -> None:
    """Serve the office (with the public pages) and the booth until interrupted."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    current = migrate.is_current(engine)
    engine.dispose()
    if not current:
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    doors = (Door("office", office_bind, workers), Door("booth", booth_bind, workers))
    if only is None:
        click.get_current_context().exit(serve_all(doors))
    if only == "office" and isinstance(settings.mail, MailFolder):
        click.echo(f"No mail is sent: every message is written into {settings.mail.path}.", err=True)
    serve_one(next(door for door in doors if door.app == only), settings)
