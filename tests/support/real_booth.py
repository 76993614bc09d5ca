"""The real booth behind a real socket that can be taken away and put back, with the frontend of these sources."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from in_a_thread import serving
from joined import enter_as, join_device
from sqlalchemy import func, select
from werkzeug.middleware.shared_data import SharedDataMiddleware

from votingapp.booth import create_booth
from votingapp.store.devices import Kind
from votingapp.store.tables.urn import ballot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext
    from polling import Poll

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store


class RealBooth:
    """The booth of a poll on this machine; `away` and `back` stand for a cable that is pulled out and put in again."""

    def __init__(self, settings: Settings, store: Store, poll: Poll, bundle: Path) -> None:
        self.store, self.poll = store, poll
        self._app = create_booth(settings, store)
        self._app.wsgi_app = SharedDataMiddleware(self._app.wsgi_app, {"/static/bundle": str(bundle)})
        self._open = ExitStack()
        self.origin = self._open.enter_context(serving(self._app))

    @property
    def url(self) -> str:
        return f"{self.origin}/{self.poll.election.slug}/"

    def away(self) -> None:
        """Nobody answers any more."""
        self._open.close()

    def back(self) -> None:
        """The same address answers again."""
        self._open.enter_context(serving(self._app, int(self.origin.rpartition(":")[2])))

    def admit(self, context: BrowserContext, name: str = "Stemmeboks 1") -> None:
        """Let a browser be a booth of the poll."""
        enter_as(context, self.origin, Kind.BOOTH, join_device(self.store, self.poll.election, Kind.BOOTH, name))

    def ballots(self) -> int:
        """How many ballots lie in the urn."""
        with self.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(ballot)).scalar_one()
