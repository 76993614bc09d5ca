"""One use case, one transaction, one entry in the log: what is not recorded is not kept."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

from votingapp.store import audit
from votingapp.store.engine import BUSY_TIMEOUT_SECONDS, take_the_pen
from votingapp.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from votingapp.store.vault import Vault

T = TypeVar("T")

_ATTEMPTS = 8
_RETRIED_SQLSTATES = frozenset({"40001", "40P01"})  # serialization failure, deadlock detected
_NO_ROOM = "no room on the disk of the database"
_DISK_FULL = "53100"  # PostgreSQL's disk_full
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})  # the latter: no room for the log's index


class StoreBusy(Exception):  # noqa: N818 - a state of the house, shown as "try again", not a defect
    """The database did not let this transaction through in time; nothing was kept."""


class StoreFull(Exception):  # noqa: N818 - a state of the house, shown as "make room", not a defect
    """The disk under the database has no room left; nothing was kept, and everything kept before is there."""


class UnrecordedError(Exception):
    """A service asked for two entries, or for none and a commit: a defect in the service."""


@dataclass(frozen=True, slots=True)
class Act:
    """One of the acts of a use case that is several: the chain of its entry, what was done, and its particulars."""

    chain: str
    name: str
    details: Mapping[str, object]


@dataclass(slots=True)
class Work:
    """One running transaction, as a service sees it.

    `now` is the instant of the transaction, by which the log is kept. `asked_at` is when the use case was asked for,
    before it waited for those who wrote ahead of it: a deadline is kept by it, or whoever pressed in time would be late.
    """

    connection: Connection
    now: datetime
    asked_at: datetime
    vault: Vault
    _keep: bool = field(default=False, init=False)

    def record(self, chain: str, actor: str, act: str, **details: object) -> None:
        """Write the one log entry of this use case; the transaction is kept because of it.

        `chain` is the election's id, or `audit.HOUSE`. `details` is JSON-able and holds no CPR number and nothing of a vote.
        """
        self.record_in_each((chain,), actor, act, **details)

    def record_in_each(self, chains: Collection[str], actor: str, act: str, **details: object) -> None:
        """Write the one entry of a use case that concerns several elections into the chain of each, in the same words."""
        if self._keep:
            raise UnrecordedError(f"a second entry ({act}) in one use case")
        if len(set(chains)) != len(chains) or not chains:
            raise UnrecordedError(f"an entry ({act}) in no chain, or twice in one")
        for chain in chains:
            audit.append(self.connection, chain, self.now, actor, act, details)
        self._keep = True

    def record_several(self, actor: str, acts: Sequence[Act]) -> None:
        """Write the entries of a use case that is several acts in one press, as hiring everybody at once: one for each act."""
        if self._keep:
            raise UnrecordedError("a second record in one use case")
        if not acts:
            raise UnrecordedError("no entry in a use case")
        for act in acts:
            audit.append(self.connection, act.chain, self.now, actor, act.name, act.details)
        self._keep = True

    def keep_unrecorded(self) -> None:
        """Keep the transaction without an entry: casting, a challenge, a look at a person, the upkeep of sessions and outbox.

        A time beside a ballot would undo promise 1; a sign-in is recorded once, not at each page; looks are written
        in a log of their own, for a hundred a day would bury the decisions.
        """
        self._keep = True

    @property
    def kept(self) -> bool:
        """Whether this transaction will be committed."""
        return self._keep


class Store:
    """The house's memory: reads, and writes that roll back unless they are recorded."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], vault: Vault, journal: Journal | None = None
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.vault = vault
        self._journal = journal or Journal()
        self._line = Lock()
        self._writing = engine.execution_options(writes=True)

    def write(self, act: Callable[[Work], T]) -> T:
        """Run `act` in a transaction of its own as the only writer; commit if it recorded, else roll back.

        `act` may run more than once when PostgreSQL asks for a repetition, so it must not touch anything outside `work`.
        Raises StoreBusy when the database stays locked, StoreFull when there is no room for what was to be kept.
        """
        asked_at = self.clock()
        for attempt in range(_ATTEMPTS):
            try:
                with self._in_line():
                    return self._attempt(act, asked_at)
            except DBAPIError as error:
                if _is_full(error):
                    raise StoreFull(_NO_ROOM) from None
                if not _may_retry(error):
                    raise
                time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311 - spreads waiting writers, no secret
        raise StoreBusy("the database is busy")

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """Wait for those of this process who want to write before us.

        Without it 32 desks that press at once would each hold a connection while they wait, so that nobody could read, and
        SQLite, which lets those who wait sleep and look again, would forget some of them for seconds.
        """
        if not self._line.acquire(timeout=BUSY_TIMEOUT_SECONDS):
            raise StoreBusy("the database is busy")
        try:
            yield
        finally:
            self._line.release()

    def _attempt(self, act: Callable[[Work], T], asked_at: datetime) -> T:
        with self._writing.connect() as connection, connection.begin() as transaction:
            take_the_pen(connection)
            heard = self._journal.listen(connection)
            work = Work(connection, self.clock(), asked_at, self.vault)
            answer = act(work)
            if work.kept:
                self._journal.keep(connection, heard, work.now)
            else:
                transaction.rollback()
            return answer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose transaction sees one state of the house and is always rolled back.

        Raises StoreFull where not even the index of the write-ahead log can be made, without which nothing is read.
        """
        try:
            with self.engine.connect() as connection, connection.begin() as transaction:
                try:
                    yield connection
                finally:
                    transaction.rollback()
        except DBAPIError as error:
            if _is_full(error):
                raise StoreFull(_NO_ROOM) from None
            raise


def _is_full(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) == _DISK_FULL:
        return True
    return getattr(error.orig, "sqlite_errorcode", None) in _SQLITE_FULL


def _may_retry(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _RETRIED_SQLSTATES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)
