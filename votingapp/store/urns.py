"""The urn from outside: how many ballots it holds, the list of slips, and after the close the archive, in no order of casting."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from ballots.archive import ArchiveWriter
from ballots.protocol.public_credentials import write_public_credentials
from ballots.urn import UrnState, seal_urn
from votingapp.store import counts
from votingapp.store.elections import urn_of
from votingapp.store.rewriting import DEADLOCK, LOCK_NOT_AVAILABLE, POSTGRES_PATIENCE, rewrite_sqlite
from votingapp.store.tables.urn import ballot, public_credential, urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from votingapp.store.elections import Election

_ROWS_AT_A_TIME = 200
_ATTEMPTS = 5
_ONE_AT_A_TIME = Lock()
_COPIED = ("ballot", "challenged_ballot", "public_credential", "admission", "admission_undone", "movement")
"""Tables of which PostgreSQL keeps rows as they were, until they are copied into fresh files."""


def count(connection: Connection, urn_uuid: str) -> int:
    """How many ballots lie in the urn.

    Counted at every cast and return to hold the urn's cap; no figure of it leaves the house before the close (promise 6).
    """
    found = connection.execute(select(func.count()).select_from(ballot).where(ballot.c.urn_uuid == urn_uuid))
    return found.scalar_one()


def ballots(connection: Connection, urn_uuid: str) -> Iterator[bytes]:
    """The ballots in the order of their hashes, a few at a time, so that memory does not grow with the urn."""
    query = select(ballot.c.body).where(ballot.c.urn_uuid == urn_uuid).order_by(ballot.c.hash)
    with connection.execute(query, execution_options={"yield_per": _ROWS_AT_A_TIME}) as rows:
        for row in rows:
            yield row.body


def seal(connection: Connection, urn_uuid: str) -> str:
    """The hash of what lies in the urn (ballots.urn.seal_urn)."""
    return seal_urn(connection.scalars(select(ballot.c.hash).where(ballot.c.urn_uuid == urn_uuid)))


def credentials(connection: Connection, urn_uuid: str) -> tuple[str, ...]:
    """The public halves of all slips printed for an urn."""
    rows = connection.execute(select(public_credential.c.credential).where(public_credential.c.urn_uuid == urn_uuid))
    return tuple(rows.scalars())


def public_list(slips: Iterable[str]) -> bytes:
    """The list of these slips as the archive has it (PROTOCOL.md section 5); `slips` are different, and in any order."""
    different = frozenset(slips)
    with _ONE_AT_A_TIME:  # or all the phones that ask a house just begun again would make it write as often
        return _public_list(different)


@lru_cache(maxsize=4)
def _public_list(slips: frozenset[str]) -> bytes:
    """Written once for each list: every point is judged, half a second for ten thousand, and the phones in the hall ask on."""
    return write_public_credentials(slips)


def add_slips(connection: Connection, urn_uuid: str, public: Sequence[str]) -> None:
    """Keep the public halves of freshly printed slips, and count the slips."""
    connection.execute(insert(public_credential), [{"urn_uuid": urn_uuid, "credential": one} for one in public])
    printed = {"slips_printed": urn.c.slips_printed + len(public)}
    connection.execute(update(urn).where(urn.c.uuid == urn_uuid).values(printed))


def write_archive(
    connection: Connection, election: Election, stream: BinaryIO, *, result: bytes | None = None
) -> str | None:
    """Write the archive of an election (PROTOCOL.md section 4) as far as it may be seen; give its last event's hash.

    Before the freeze there is none: nothing is written, and None is given. Until the close it holds the set-up only
    (promise 6: no partial result, and not even the number of ballots); then also the ballots by hash, and whatever
    of the count exists. `result` is a result not yet kept, to be verified before it is. The time inside is that of
    the freeze, so the same state gives the same bytes.
    """
    urn_row = urn_of(connection, election.urn_uuid)
    if election.frozen_at is None or urn_row.election_json is None or urn_row.trustees_json is None:
        return None
    writer = ArchiveWriter(stream, int(election.frozen_at.timestamp()))
    slips = public_list(credentials(connection, election.urn_uuid))
    writer.setup(urn_row.election_json.encode(), urn_row.trustees_json.encode(), slips)
    if election.closed_at is not None:
        for sealed in ballots(connection, election.urn_uuid):
            writer.ballot(sealed)
        writer.end_ballots()
        _write_count(connection, election, writer, result)
    return writer.last_event


def _write_count(connection: Connection, election: Election, writer: ArchiveWriter, result: bytes | None) -> None:
    kept = counts.count_of(connection, election.id)
    if kept is None:
        return
    writer.encrypted_tally(kept.encrypted_tally, kept.sized_tally)
    for decryption in counts.decryptions(connection, election.id):
        writer.partial_decryption(decryption.body, decryption.owner)
    found = kept.result if result is None else result
    if found is not None:
        writer.result(found)


def unshaken(connection: Connection) -> tuple[str, ...]:
    """The closed urns of which the database still knows in which order the ballots came."""
    closed = urn.c.state == UrnState.CLOSED.value
    return tuple(connection.scalars(select(urn.c.uuid).where(closed, urn.c.shaken.is_(False)).order_by(urn.c.uuid)))


def note_shaken(connection: Connection, urn_uuid: str) -> None:
    """Keep that an urn has been shaken."""
    connection.execute(update(urn).where(urn.c.uuid == urn_uuid).values(shaken=True))


def note_unshaken(connection: Connection) -> None:
    """Keep that nothing was shaken in this database, where the ballots of a journal were put in one after the other."""
    connection.execute(update(urn).values(shaken=False))


def shake(engine: Engine, urn_uuid: str) -> bool:
    """Rewrite the stored ballots of a closed urn so that the database holds no order of casting (promise 1).

    A ballot row names no time, but while the poll is open the storage itself remembers: the write-ahead log grows
    ballot by ballot, and PostgreSQL appends rows and stamps each with the number of its transaction. After the close:

    - SQLite keeps the table as a tree ordered by hash. VACUUM copies it in that order into fresh pages, without the
      free space and half-filled pages that tell when a page was split; the checkpoint then writes the copy over
      the old pages and cuts the write-ahead log to nothing.
    - PostgreSQL is made to write the urn's rows again in one transaction, so that all bear the same transaction
      number, and those of the opened ballots; CLUSTER then copies them into a fresh file, one after another by hash, and
      leaves the old file with its dead rows behind. The list of slips is written again likewise, for the marks of void
      ones, and the admissions and the ledger are copied, for what the close took out of them (ADR 19). The server's own
      write-ahead log (pg_wal, and archived copies of it) still holds the order until those files are recycled: they
      must be on no backup, which the operators' manual states.

    False when somebody who keeps the database open for reading (a backup, a console) held on to the old state, so that
    some of it is still there, and when the disk has no room for the copy. Repeating it is harmless: the count does, and
    goes no further until it succeeds; and so does a house that is started (`unshaken`), for nobody counts an annulled urn.
    """
    if engine.dialect.name == "sqlite":
        return rewrite_sqlite(engine)
    return _rewrite_postgres(engine, urn_uuid)


def _rewrite_postgres(engine: Engine, urn_uuid: str) -> bool:
    for _ in range(_ATTEMPTS):
        try:
            _write_again(engine, urn_uuid)
        except OperationalError as error:
            state = getattr(error.orig, "sqlstate", None)
            if state == LOCK_NOT_AVAILABLE:
                return False
            if state != DEADLOCK:  # met by whoever was casting at that moment: she has her answer now
                raise
        else:
            return True
    return False


def _write_again(engine: Engine, urn_uuid: str) -> None:
    again = text(
        "WITH taken AS (DELETE FROM ballot WHERE urn_uuid = :urn RETURNING hash, urn_uuid, credential, body) "
        "INSERT INTO ballot (hash, urn_uuid, credential, body) "
        "SELECT hash, urn_uuid, credential, body FROM taken ORDER BY hash"
    )
    opened_again = text(
        "WITH taken AS (DELETE FROM challenged_ballot WHERE urn_uuid = :urn RETURNING hash, urn_uuid) "
        "INSERT INTO challenged_ballot (hash, urn_uuid) SELECT hash, urn_uuid FROM taken ORDER BY hash"
    )
    # The mark of a slip given back at a desk bears the transaction that also counted it there, with its time.
    marks_again = text("UPDATE public_credential SET void = void WHERE urn_uuid = :urn")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{POSTGRES_PATIENCE}'")
        connection.exec_driver_sql("LOCK TABLE ballot, challenged_ballot, public_credential IN ACCESS EXCLUSIVE MODE")
        connection.execute(again, {"urn": urn_uuid})
        connection.execute(opened_again, {"urn": urn_uuid})
        connection.execute(marks_again, {"urn": urn_uuid})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{POSTGRES_PATIENCE}'")
        try:
            for table in _COPIED:
                connection.exec_driver_sql(f"CLUSTER {table} USING pk_{table}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
