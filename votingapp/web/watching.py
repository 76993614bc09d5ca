"""The watchman's rounds: the board sees on every page what is wrong with the machine, and the log of incidents tells it once."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app, g
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from votingapp.store import incidents
from votingapp.store.staff import Role
from votingapp.store.tables.elections import election as election_table
from votingapp.store.unit_of_work import StoreBusy, StoreFull
from votingapp.watch.judging import Code
from votingapp.watch.machine import Pulse
from votingapp.watch.watchman import Watchman
from votingapp.web.access import current_roles
from votingapp.web.app import utc_now
from votingapp.web.languages import AUTHENTIC
from votingapp.web.machine_words import Told, tell, tell_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from votingapp.settings import Settings
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store
    from votingapp.watch.judging import Concern
    from votingapp.watch.watchman import Health

_log = logging.getLogger("votingapp.watch")

_ROUND_SECONDS = 10.0
_EVENING_AFTER_CLOSE = timedelta(hours=12)
"""The count is held on the same machine: so long after the close the board is still warned."""


def hire_watchman(app: Flask, settings: Settings, store: Store) -> None:
    """Give an app its watchman; a clock that is not the machine's own, as a rehearsal's, is moved on purpose."""
    pulse = Pulse(store.clock) if store.clock is utc_now else None
    app.extensions["watchman"] = Watchman(settings, store, pulse)


def health() -> Health:
    """The machine's health, a few seconds old at most."""
    watchman: Watchman = current_app.extensions["watchman"]
    return watchman.look()


def machine_concerns() -> tuple[Told, ...]:
    """What a board member is warned of on whatever page of the election; nothing for others, nor before it is frozen."""
    election: Election | None = g.get("election")
    if election is None or Role.BOARD not in current_roles() or not _is_evening(election):
        return ()
    return tuple(tell(concern) for concern in health().concerns)


def _is_evening(election: Election) -> bool:
    store: Store = current_app.extensions["store"]
    if election.frozen_at is None:
        return False
    return election.closed_at is None or store.clock() - election.closed_at < _EVENING_AFTER_CLOSE


def keep_watch(app: Flask) -> Callable[[], None]:
    """Go the rounds for as long as this process lives, or until what is answered is called, which waits for the last round."""
    stop = threading.Event()
    thread = threading.Thread(target=_go_rounds, args=(app, stop), name="watchman", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end


def _go_rounds(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(_ROUND_SECONDS):
        try:
            go_round(app)
        except (SQLAlchemyError, StoreBusy, StoreFull, OSError) as error:
            # A disk that is full takes no line about itself; the pages warn all the same, and the next round tries again.
            _log.warning("the watchman could not write: %s", type(error).__name__)


def go_round(app: Flask) -> None:
    """Look once, and write into the log of incidents of each open poll what is new: one line each, in Danish."""
    store: Store = app.extensions["store"]
    watchman: Watchman = app.extensions["watchman"]
    with app.app_context(), force_locale(AUTHENTIC):
        concerns = watchman.look().concerns
        for election_id, code, level, text in _news(store, concerns):
            _write(store, election_id, code, level, text)


def _news(store: Store, concerns: tuple[Concern, ...]) -> list[tuple[str, str, str, str]]:
    """Election, code, level and text of each line to be written; nothing is locked to find out."""
    wanted = {concern.code.value: (concern.level.value, tell(concern).what) for concern in concerns}
    with store.reading() as connection:
        is_open = election_table.c.opened_at.is_not(None) & election_table.c.closed_at.is_(None)
        polls = connection.execute(select(election_table.c.id).where(is_open)).scalars().all()
        noticed = {poll: incidents.noticed(connection, poll) for poll in polls}
    now = store.clock()
    found = []
    for poll, known in noticed.items():
        over = {code: (incidents.OVER, tell_over(Code(code))) for code in known if code not in wanted}
        for code, (level, text) in (wanted | over).items():
            if incidents.is_news(known.get(code), level, now):
                found.append((poll, code, level, text))
    return found


def _write(store: Store, election_id: str, code: str, level: str, text: str) -> None:
    store.write(lambda work: incidents.notice(work, election_id, code, level, text))
