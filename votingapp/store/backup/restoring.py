"""Going on elsewhere (gendannelse): the newest whole copy, and after it every act of the journal, into a home that is empty."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.util import CommandError
from sqlalchemy import func, select

from votingapp.store import audit, house, migrate, urns
from votingapp.store.backup import journal_file
from votingapp.store.backup.journal_file import DamagedJournal, Record, Torn
from votingapp.store.backup.mark import Why, change_mark
from votingapp.store.backup.sealing import NotOurs
from votingapp.store.backup.snapshot import DATABASE, database_path, read_snapshot
from votingapp.store.backup.stick import sync_folder
from votingapp.store.engine import make_engine
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.audit import audit_entry
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from votingapp.settings import Settings
    from votingapp.store.backup.sealing import SheetKey
    from votingapp.store.backup.stick import Stick
    from votingapp.store.unit_of_work import Work


_DATA_KEY = "keys/personal-data.key"


class CannotRestore(Exception):  # noqa: N818 - what a stick or a home can be, told in one line
    """Nothing was restored; the message is one line and says why."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What lies on a stick: the newest copy that can be read, and the acts that follow it without a gap.

    `complete` is False where something that had been kept is missing or cannot be read: later acts are not in `records`.
    """

    epoch: int
    serial: int
    newest_epoch: int
    files: dict[str, bytes]
    records: tuple[Record, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What the house knows again. It says nothing of ballots: nobody learns their number before the close (promise 6)."""

    entries: int
    last_entry_at: datetime | None
    last_admission_at: datetime | None
    acts: int
    """Transactions that the journal added to the copy."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The home in which the house goes on: its folder, the one for certificates, and where the database will lie."""

    home: Path
    tls: Path
    database: Path
    rehearsal: bool

    @classmethod
    def of(cls, settings: Settings, tls: Path) -> Destination:
        """The home of an installation."""
        return cls(settings.home, tls, Path(database_path(settings)), settings.rehearsal)


def read_stick(stick: Stick, key: SheetKey) -> Chain:
    """Read and verify everything that lies on a stick. Raises CannotRestore when there is no copy that can be read."""
    for epoch in reversed(stick.snapshots()):
        try:
            files = {part.name: part.content for part in read_snapshot(stick.snapshot(epoch), key, epoch)}
        except (NotOurs, OSError):
            continue  # the one before it, and the journals since, lead to the same place
        if DATABASE in files and _DATA_KEY in files:
            serial = _serial_in(files[DATABASE])
            newest = max((epoch, *stick.journals(), *stick.snapshots()))
            records, complete = _follow(stick, key, range(epoch, newest + 1), serial)
            return Chain(epoch, serial, newest, files, records, complete)
    raise CannotRestore("no copy on the stick can be read")


def _serial_in(image: bytes) -> int:
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.deserialize(_out_of_log_mode(image))
        return int(memory.execute("SELECT serial FROM journal_mark").fetchone()[0])


def _out_of_log_mode(image: bytes) -> bytes:
    """The same database, which can be opened where there is no room for a write-ahead log beside it."""
    return image[:18] + b"\x01\x01" + image[20:]


def _follow(stick: Stick, key: SheetKey, epochs: range, serial: int) -> tuple[tuple[Record, ...], bool]:
    """The acts after a copy's serial, as far as they follow one another, and whether that is all there was.

    `epochs` go from the copy's own to the newest on the stick; journals from before hold none of the acts. Each epoch began
    with its journal, before its copy was written: one that is not there was lost, with whatever it held.
    """
    found: dict[int, Record] = {}
    there = [epoch for epoch in stick.journals() if epoch in epochs]
    sound = len(there) == len(epochs)
    for epoch in there:
        first_of_its_file = True
        for record in _readable(stick, key, epoch):
            if record is None:
                sound = False
                continue
            if first_of_its_file:
                # Whatever an earlier journal has from here on was written there and never kept.
                found = {number: one for number, one in found.items() if number < record.serial}
                first_of_its_file = False
            found[record.serial] = record
    chain: list[Record] = []
    while (following := found.get(serial + len(chain) + 1)) is not None:
        chain.append(following)
    beyond = any(number > serial + len(chain) for number in found)
    return tuple(chain), sound and not beyond


def _readable(stick: Stick, key: SheetKey, epoch: int) -> Iterator[Record | None]:
    """The records of one journal; None where it is damaged."""
    try:
        for one in journal_file.records(stick.journal(epoch), key, epoch):
            if not isinstance(one, Torn):
                yield one
    except (DamagedJournal, OSError):
        yield None


def restore_into(to: Destination, chain: Chain, clock: Callable[[], datetime]) -> Restored:
    """Write a chain into a home; the database bears its name only when all of it was carried out and verified.

    Raises CannotRestore, or WrongHouseError when real house and rehearsal are mixed up; then no database is there.
    """
    unfinished = to.database.with_name(to.database.name + ".restoring")
    left_over = [unfinished.with_name(unfinished.name + end) for end in ("", "-wal", "-shm")]
    try:
        _write(unfinished, chain.files[DATABASE])
        _replay(unfinished, chain)
        restored = _settle(unfinished, chain, clock, rehearsal=to.rehearsal)
        _write_house_files(chain, {"backup": to.home / "backup", "keys": to.home / "keys", "tls": to.tls})
        for old in ("-wal", "-shm"):
            to.database.with_name(to.database.name + old).unlink(missing_ok=True)
        unfinished.rename(to.database)
        sync_folder(to.database.parent)
    finally:
        for one in left_over:
            one.unlink(missing_ok=True)
    return restored


def _write_house_files(chain: Chain, places: Mapping[str, Path]) -> None:
    """Put keys and certificates where they belong; a name that is none of ours is left out."""
    for name, content in chain.files.items():
        folder, _slash, file = name.partition("/")
        if folder in places and file and "/" not in file and not file.startswith("."):
            places[folder].mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(places[folder] / file, content)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _replay(database: Path, chain: Chain) -> None:
    """Carry the acts out once more, each in a transaction of its own, by the rules that held when they were kept."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = OFF")  # nothing here is anybody's yet; it is synced when it is whole
        for record in chain.records:
            try:
                _carry_out(connection, record)
            except sqlite3.Error as error:
                raise CannotRestore(f"act {record.serial} of the journal does not fit the copy") from error
        connection.execute(
            "UPDATE journal_mark SET following = 0, serial = ?, epoch = max(epoch, ?)",
            (chain.serial + len(chain.records), chain.newest_epoch),
        )
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise CannotRestore("the restored database is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise CannotRestore("the restored database refers to what is not there")


def _carry_out(connection: sqlite3.Connection, record: Record) -> None:
    connection.execute("BEGIN")
    for one in record.statements:
        if one.many:
            connection.executemany(one.sql, one.parameters)  # type: ignore[arg-type]
        else:
            connection.execute(one.sql, one.parameters).fetchall()  # type: ignore[arg-type]
    connection.execute("COMMIT")


def _settle(database: Path, chain: Chain, clock: Callable[[], datetime], *, rehearsal: bool) -> Restored:
    """Verify the logs, note in the house's own that it goes on here, and let the next journal begin anew."""
    engine = make_engine(f"sqlite:///{database}")
    try:
        house.check(engine, rehearsal=rehearsal)
        _bring_up_to_date(engine, rehearsal=rehearsal)
        store = Store(engine, clock, Vault(chain.files[_DATA_KEY]))
        with store.reading() as connection:
            _verify_logs(connection)
        restored = store.write(lambda work: _note(work, chain))
        with engine.connect() as connection:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.rollback()
    finally:
        engine.dispose()
    return restored


def _bring_up_to_date(engine: Engine, *, rehearsal: bool) -> None:
    """Give a copy of an earlier version the tables of this one, by which its logs are verified and the house goes on."""
    if migrate.is_current(engine):
        return
    try:
        migrate.upgrade(engine, rehearsal=rehearsal)
    except CommandError as error:
        raise CannotRestore("the stick is from a newer version of this program") from error


def _verify_logs(connection: Connection) -> None:
    for chain in connection.execute(select(audit_entry.c.chain).distinct()).scalars():
        broken = audit.first_broken_link(connection, chain)
        if broken is not None:
            raise CannotRestore(f"the log {chain} does not hold at entry {broken}")


def _note(work: Work, chain: Chain) -> Restored:
    connection = work.connection
    entries, last_entry = connection.execute(select(func.count(), func.max(audit_entry.c.at))).one()
    last_admission = connection.execute(select(func.max(admission.c.admitted_at))).scalar()
    urns.note_unshaken(connection)
    change_mark(connection, lost_at=work.now.replace(second=0, microsecond=0), why=Why.RESTORED.value)
    work.record(audit.HOUSE, audit.COMMAND_LINE, "restored", complete=chain.complete)
    return Restored(entries, last_entry, last_admission, len(chain.records))
