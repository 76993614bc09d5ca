"""Enough members of the board open the sum, each from her own device, and the result is verified before it stands."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from ballots.poll import Obstacle, ObstacleCode, may_count
from ballots.protocol.errors import ProtocolError
from ballots.protocol.hashing import digest_hex
from tally.decryption import DecryptionRejected
from tally.result import ResultRejected, write_result
from tally.verification import Accepted, Rejected, Unreadable, verify_archive
from votingapp.cores import checkers
from votingapp.desks.count import judged
from votingapp.desks.count.open_count import OpenCount, open_count
from votingapp.desks.count.tallying import NotSettled
from votingapp.desks.count.wrong_parts import Overtaken, Unopened, WrongParts, came_too_late, hashes_of, set_aside
from votingapp.store import counts, elections, keys, poll_decisions, sealing, urns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.verification import Judged
    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_IN_MEMORY = 32 * 1024 * 1024
_HASHED_AT_A_TIME = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Decrypted:
    """The decryption holds and is kept; `missing` more are needed."""

    missing: int


@dataclass(frozen=True, slots=True)
class NotTallied:
    """There is no sum to decrypt yet."""


@dataclass(frozen=True, slots=True)
class NotTrustee:
    """The official holds no part of this election's key."""


@dataclass(frozen=True, slots=True)
class AlreadyDecrypted:
    """This member has decrypted before; her first decryption stands."""


@dataclass(frozen=True, slots=True)
class AlreadyCounted:
    """The result stands, and the archive with it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The decryption of `name` does not hold; `reason` is a short code, `message` a sentence."""

    name: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The result is found, verified and kept."""

    archive_sha256: str


@dataclass(frozen=True, slots=True)
class TooFew:
    """So many more members must decrypt."""

    missing: int


@dataclass(frozen=True, slots=True)
class ArchiveRefused:
    """The verifier does not accept the election with this result; nothing is kept."""

    reason: str
    message: str


def submit_decryption(
    store: Store, official: Staff, election: Election, raw: bytes
) -> Decrypted | NotTallied | NotTrustee | AlreadyDecrypted | AlreadyCounted | Refused | NotSettled:
    """Take a member's partial decryption, after checking every proof in it (PROTOCOL.md section 12).

    Her first stands, unless it was set aside, or the parts open nothing together: then each may be made anew, on another device.
    Of an election that does not stand none is taken: its urn stays closed.
    """

    def take(work: Work) -> Decrypted | NotTallied | NotTrustee | AlreadyDecrypted | AlreadyCounted | Refused:
        count = open_count(work.connection, election)
        ceremony = keys.ceremony_of(work.connection, election.id)
        member = None if ceremony is None else ceremony.member(official.id)
        if count is None or ceremony is None:
            return NotTallied()
        if member is None:
            return NotTrustee()
        if count.is_counted:
            return AlreadyCounted()
        if member.position in count.decrypted and not count.is_stuck(ceremony.threshold):
            return AlreadyDecrypted()
        try:
            count.check(member.position, raw)
        except DecryptionRejected as error:
            return Refused(member.name, error.reason, error.message)
        counts.keep_decryption(work.connection, election.id, work.now, member.position, official.id, raw)
        work.record(election.id, official.login, "decrypted", position=member.position, sha256=digest_hex(raw))
        others = count.decrypted.keys() - {member.position}
        return Decrypted(max(0, ceremony.threshold - len(others) - 1))

    return store.write(lambda work: _annulled(work, election) or take(work))


def _annulled(work: Work, election: Election) -> NotSettled | None:
    annulled = poll_decisions.annulled(work.connection, election.id)
    return NotSettled((Obstacle(ObstacleCode.ANNULLED),)) if annulled else None


def compute_result(
    store: Store, official: Staff, election: Election
) -> Counted | NotTallied | AlreadyCounted | TooFew | Unopened | ArchiveRefused | Overtaken | NotSettled:
    """Open the sum and keep the result, if the archive that it completes is accepted by the verifier.

    Parts that are found wrong on the way are set aside first, by name, and do not come into the archive.
    The verification reads every ballot again, judges none twice, and stands outside the transaction. What had to be settled
    before the sum was taken is asked for once more: the result stands on the account that was signed.
    """
    with store.reading() as connection:
        count, ceremony = open_count(connection, election), keys.ceremony_of(connection, election.id)
        if count is None or ceremony is None:
            return NotTallied()
        if count.is_counted:
            return AlreadyCounted()
        if len(count.decrypted) < ceremony.threshold:
            return TooFew(ceremony.threshold - len(count.decrypted))
        found = _open(connection, elections.by_id(connection, election.id), count, ceremony)
    if isinstance(found, WrongParts):
        hindered = store.write(
            lambda work: _annulled(work, election) or set_aside(work, official, election, count, found)
        )
        return hindered or compute_result(store, official, election)
    if isinstance(found, _Found):
        return store.write(lambda work: _keep(work, official, election, count, found))
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """A result with which the archive is accepted: its record, and the hashes of that archive."""

    result: bytes
    archive_sha256: str
    last_event: str


def _open(
    connection: Connection, election: Election, count: OpenCount, ceremony: Ceremony
) -> _Found | WrongParts | Unopened | ArchiveRefused:
    try:
        opened = count.open()
    except ResultRejected:
        return Unopened.of(count, ceremony)
    except ProtocolError as error:
        return ArchiveRefused(error.reason, error.message)
    if opened.wrong:
        return WrongParts(opened.wrong)
    return _verify(
        connection, election, write_result(opened.result), judged.recorded(connection, election.id, count.tally)
    )


def _keep(
    work: Work, official: Staff, election: Election, seen: OpenCount, found: _Found
) -> Counted | AlreadyCounted | Overtaken | NotSettled:
    now = open_count(work.connection, election)
    late = None if now is None else came_too_late(now, seen)
    if now is None or late is None:
        return Overtaken()
    if now.is_counted:
        return AlreadyCounted()
    changed = may_count(sealing.count_facts(work.connection, elections.by_id(work.connection, election.id)))
    if changed:
        return NotSettled(changed)
    counts.set_decryptions_aside(work.connection, election.id, work.now, tuple(late))
    counts.keep_result(work.connection, election.id, work.now, found.result, found.archive_sha256, found.last_event)
    work.record(
        election.id,
        official.login,
        "result_found",
        result=digest_hex(found.result),
        archive=found.archive_sha256,
        last_event=found.last_event,
        **({"set_aside": hashes_of(late)} if late else {}),
    )
    return Counted(found.archive_sha256)


def _verify(connection: Connection, election: Election, found: bytes, known: Judged | None) -> _Found | ArchiveRefused:
    """Write the archive as it will be published, and have it verified as anybody would.

    Its ballots were judged when they were added up: they need only be the same. Where they are not, or anything else is
    false, all of them are judged anew, and what that says stands.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        stream = cast("BinaryIO", spooled)
        urns.write_archive(connection, election, stream, result=found)
        stream.seek(0)
        verdict = None if known is None else verify_archive(stream, judged=known)
        if not isinstance(verdict, Accepted):
            stream.seek(0)
            with checkers(urns.count(connection, election.urn_uuid)) as check_many:
                verdict = verify_archive(stream, check_many=check_many)
        match verdict:
            case Accepted(last_event=last_event):
                return _Found(found, _sha256(stream), last_event)
            case Rejected(reason, message, place):
                return ArchiveRefused(reason, f"{place}: {message}")
            case Unreadable(reason, message):
                return ArchiveRefused(reason, message)
            case unfinished:
                return ArchiveRefused("unfinished", f"the archive ends with {unfinished.stage}")


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while part := stream.read(_HASHED_AT_A_TIME):
        digest.update(part)
    return digest.hexdigest()
