"""`votingapp mail`: send what is left in the outbox, as a timer would every few minutes."""

from __future__ import annotations

import click

from votingapp.post.delivery import deliver
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.web.app import open_store


@click.command()
def mail() -> None:
    """Send the messages that no mail server has taken yet; safe to run beside the office and beside itself.

    Exit 1 when a message could not be sent now; it stays in the outbox and is tried again after a pause that grows.
    """
    settings = load_settings()
    if settings.mail is None:
        raise click.ClickException("no mail server is set: VOTINGAPP_SMTP_HOST, VOTINGAPP_MAIL_FROM (docs/settings.md)")
    store = open_store(settings)
    if not migrate.is_current(store.engine):
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    done = deliver(store, settings.mail)
    store.engine.dispose()
    click.echo(f"sent {done.sent}, not sent {done.failed}, waiting {done.waiting}")
    if done.failed:
        click.get_current_context().exit(1)
