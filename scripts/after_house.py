"""A house that is served in this very process, with the clock of an election that is lived through for its pictures."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from werkzeug.serving import WSGIRequestHandler, make_server

from votingapp.cli.demo import own_house
from votingapp.demo import crew, rehearsal
from votingapp.demo.outcomes import expect
from votingapp.demo.schedule import RehearsalClock
from votingapp.desks.secretariat.calling_off import service as calling_off
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.store import staff as staff_table
from votingapp.store.staff import Role
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask import Flask

    from votingapp.demo.crew import Crew
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

ADDRESS: Final = ("127.0.0.1", 8192)
BEGUN: Final = datetime(2025, 7, 14, 8, tzinfo=UTC)
PASSWORD: Final = "en lang og god sætning"  # noqa: S105 - of a rehearsal that is gone a minute later
ANNULLED: Final = "annulleret-valg"


class _Quiet(WSGIRequestHandler):
    """It does not write down who knocked."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is the server's
        """Write nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an app in this process until the block ends, and tell its address: it has the clock of the election."""
    server = make_server(*ADDRESS, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield "http://{}:{}".format(*ADDRESS)
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def house() -> Iterator[tuple[Store, RehearsalClock, Crew, str]]:
    """A house in a folder of its own, with people who can sign in."""
    with tempfile.TemporaryDirectory() as folder:
        environ = own_house({"PATH": os.environ["PATH"]}, Path(folder))
        settings = load_settings(environ | {"VOTINGAPP_MAIL_FOLDER": f"{folder}/mail"})
        clock = RehearsalClock(BEGUN)
        store = open_store(settings, clock)
        migrate.upgrade(store.engine, rehearsal=True)
        staff = crew.hire(store)
        for member in staff.members:
            _choose_password(store, member.official)
        with serving(create_office(settings, store)) as address:
            yield store, clock, staff, address
        store.engine.dispose()


def _choose_password(store: Store, official: Staff) -> None:
    with store.reading() as connection:
        kept = expect(staff_table.kept_password(connection, official.id), staff_table.KeptPassword)
    fresh = staff_table.hash_password(PASSWORD)
    store.write(lambda work: staff_table.change_password(work, official, kept, fresh))


def annul(store: Store, clock: RehearsalClock, staff: Crew) -> None:
    """Hold another election before, and annul it when its result is known."""
    plan = rehearsal.Plan("Valg til Ungerådet i Køge", ANNULLED, date(2025, 9, 9), 12, 6, 1, 3)
    prepared = rehearsal.prepare(store, clock, staff, plan, _exhaust)
    rehearsal.hold(store, clock, staff, plan, prepared, _exhaust)
    clock.move_to(datetime(2025, 9, 24, 9, tzinfo=UTC))
    reason = "Et opslag ved døren viste en forkert lukketid, og vælgere gik forgæves."
    said = calling_off.Said("Køge Byråd", date(2025, 9, 23), reason)
    official, second = staff.secretary, staff.holding(Role.BOARD)[0]
    expect(calling_off.annul(store, (official, second), prepared.election, said), calling_off.Annulled)


def _exhaust(_label: str, steps: Iterable[None], _length: int) -> None:
    for _step in steps:
        pass
