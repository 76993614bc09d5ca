"""After a page has kept something that is to be sent, the postman is called; the page does not wait for her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from votingapp.post.delivery import Postman

if TYPE_CHECKING:
    from flask import Flask

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store


def hire_postman(app: Flask, settings: Settings, store: Store) -> None:
    """Give an app its postman."""
    app.extensions["postman"] = Postman(store, settings.mail)


def deliver_soon() -> None:
    """Have the outbox emptied now; call it after the service that queued a message has answered."""
    postman: Postman = current_app.extensions["postman"]
    postman.deliver_soon()
