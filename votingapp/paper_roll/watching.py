"""Looking all evening whether the roll on the stick is as new as it should be, and having it written when it is not."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from ballots.poll import PollState
from votingapp.paper_roll.state import Why, note_alive, note_failure, noted_of, why_of
from votingapp.paper_roll.writing import seen
from votingapp.store import elections, roll
from votingapp.store.backup.keeping import lies_beside
from votingapp.store.unit_of_work import StoreBusy, StoreFull

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from votingapp.paper_roll.state import Noted
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

    Writer = Callable[[str, Callable[[], None]], Why | None]

LOOK_SECONDS = 2.0

EVERY_SECONDS = 30.0
"""The roll is written at most so often, however many come."""

REFRESH_SECONDS = 600.0
"""While the poll is open it is written at least so often, so that the time on the paper tells that somebody writes."""

TRY_AGAIN_SECONDS = 5.0

BLIND_SECONDS = 30.0
"""So long the house may be unreadable before that is told: what lies on the stick may be old by then."""

LONGEST_SECONDS = 600.0
"""So long a writing may take: twenty parts of a roll of 100,000 on a slow stick."""

REPORTED = 20
"""The exit status of a writing that failed for the first reason of Why; the next reason has the next number."""


class Watcher:
    """Whoever sees to it that the roll is written; one for a house, in a process of its own."""

    def __init__(
        self,
        store: Store,
        home: Path,
        folder: Path,
        writer: Writer,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._home = home
        self._folder = folder
        self._writer = writer
        self._monotonic = monotonic
        self._try_again: dict[str, float] = {}
        self._news_from: dict[str, float] = {}
        self._stale: dict[str, float] = {}
        self._known: tuple[str, ...] = ()
        self._blind_from: float | None = None
        self._was_elsewhere = False
        self._same_disk = False

    def look(self) -> None:
        """Look once and have written what is due; trouble of stick or house is noted and tried again."""
        self._sign()
        try:
            due = self._due()
        except (SQLAlchemyError, StoreBusy, StoreFull):
            self._note_blindness()  # the house has a trouble of its own; the next look is soon
            return
        self._blind_from = None
        for election in due:
            why = self._obstacle() or self._writer(election.slug, self._sign)
            now = self._monotonic()
            self._try_again[election.id] = now + TRY_AGAIN_SECONDS
            if why is None:
                self._news_from[election.id] = now + EVERY_SECONDS
                self._stale[election.id] = now + REFRESH_SECONDS
            else:
                note_failure(self._home, election.id, why, self._store.clock())
        self._sign()

    def _note_blindness(self) -> None:
        """Tell, of each roll that is kept up, that it can be old; only once that lasts, for a look may fail by chance."""
        now = self._monotonic()
        if self._blind_from is None:
            self._blind_from = now
        if now - self._blind_from >= BLIND_SECONDS:
            for election_id in self._known:
                note_failure(self._home, election_id, Why.BROKEN, self._store.clock())

    def _sign(self) -> None:
        note_alive(self._home, same_disk=self._same_disk)

    def _due(self) -> tuple[Election, ...]:
        now = self._monotonic()
        with self._store.reading() as connection:
            on = [one for one in elections.every(connection) if self._is_on(one)]
            found = [(one, roll.standing(connection, one.id)) for one in on if now >= self._try_again.get(one.id, now)]
        self._known = tuple(one.id for one in on)
        return tuple(one for one, standing in found if self._is_due(one, seen(one, standing), now))

    def _is_on(self, election: Election) -> bool:
        """Whether its roll may be due: one that is over is written once more, for what happened in the last seconds."""
        if election.state is PollState.CLOSED:
            return noted_of(self._home, election.id).seen.startswith(PollState.OPEN.value)
        return election.state is not PollState.PREPARING

    def _is_due(self, election: Election, current: str, now: float) -> bool:
        noted = noted_of(self._home, election.id)
        if election.state is PollState.CLOSED:
            return noted.seen != current
        if noted.why is not None or not self._lies_there(noted):
            return True
        if now < self._news_from.get(election.id, now):
            return False
        if noted.seen != current:
            return True
        return election.state is PollState.OPEN and now >= self._stale.setdefault(election.id, now + REFRESH_SECONDS)

    def _lies_there(self, noted: Noted) -> bool:
        try:
            return bool(noted.names) and all((self._folder / name).exists() for name in noted.names)
        except OSError:
            return False

    def _obstacle(self) -> Why | None:
        try:
            self._same_disk = lies_beside(self._home, self._folder)
        except OSError as error:
            return why_of(error)
        if self._same_disk and self._was_elsewhere:
            return Why.NOT_THE_STICK
        self._was_elsewhere = self._was_elsewhere or not self._same_disk
        return None


def write_in_a_process_of_its_own(slug: str, sign: Callable[[], None]) -> Why | None:
    """Have the roll written by a process that gives its memory back, and that can be left alone when the stick hangs."""
    writer = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-m", "votingapp", "roll", "write", slug, "--supervised"]
    )
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        sign()
        try:
            return _outcome(writer.wait(LOOK_SECONDS))
        except subprocess.TimeoutExpired:
            continue
    writer.kill()
    return Why.SLOW


def status_of(why: Why | None) -> int:
    """The exit status of a writing with this outcome."""
    return 0 if why is None else REPORTED + list(Why).index(why)


def _outcome(status: int) -> Why | None:
    known: dict[int, Why | None] = {status_of(why): why for why in (None, *Why)}
    return known.get(status, Why.BROKEN)


def watch(watcher: Watcher, until: Callable[[float], bool]) -> None:
    """Look after the roll until `until(seconds)`, which waits so long, answers True."""
    while True:
        watcher.look()
        if until(LOOK_SECONDS):
            return
