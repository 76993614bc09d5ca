"""The office behind a real socket of this machine, with a mail server that takes what it sends."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from in_a_thread import serving
from mailbox_server import Mailbox
from ports import free_port

from votingapp.office import create_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from flask import Flask

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True)
class Served:
    """Where the office answers, and the letters it has sent."""

    address: str
    app: Flask
    mailbox: Mailbox

    def letters(self) -> list[EmailMessage]:
        """Every letter that has arrived, once nothing is on its way any more."""
        self.app.extensions["postman"].wait()
        return self.mailbox.letters


@contextmanager
def serve_office(settings: Settings, store: Store) -> Iterator[Served]:
    """Serve an office and take its mail until the block ends."""
    with Mailbox() as mailbox:
        address = f"http://127.0.0.1:{(port := free_port())}"
        app = create_office(replace(settings, office_url=address, mail=mailbox.server), store)
        try:
            with serving(app, port):
                yield Served(address, app, mailbox)
        finally:
            app.extensions["postman"].wait()
