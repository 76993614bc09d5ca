"""The closed urn is added up without being opened, and every ballot is checked once more on the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ballots.poll import Obstacle, ObstacleCode, PollState, may_count
from ballots.protocol.ballot import BallotRejected
from ballots.protocol.hashing import digest_hex
from ballots.urn import seal_urn
from tally.encrypted_tally import Accumulator, EncryptedTally
from tally.verification.urn import BATCH
from votingapp.cores import checkers
from votingapp.store import counts, elections, sealing, urns
from votingapp.store.backup.keeping import shake

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Tallied:
    """The encrypted sum of so many ballots is kept; it can be decrypted now."""

    ballots: int


@dataclass(frozen=True, slots=True)
class AlreadyTallied:
    """The sum was taken before, and is the same."""


@dataclass(frozen=True, slots=True)
class NotClosed:
    """Before the close nothing is added up (promise 6)."""


@dataclass(frozen=True, slots=True)
class NotSettled:
    """The account of the evening and the report of the urn come first: nobody explains a difference by a result she knows."""

    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class NotShaken:
    """Somebody keeps the database open for reading, and with it the order of casting: the count waits (promise 1)."""


@dataclass(frozen=True, slots=True)
class BallotBroken:
    """The urn holds something that no booth lets through; `hash` names it, `reason` is a short code."""

    hash: str
    reason: str


def compute_tally(
    store: Store, official: Staff, election: Election
) -> Tallied | AlreadyTallied | NotClosed | NotSettled | NotShaken | BallotBroken:
    """Add the ballots up; to do it again changes nothing.

    The check of all ballots takes its time and stands outside the transaction: a closed urn does not change. The account of
    the evening may change meanwhile, and is asked for once more before the sum is kept.
    """
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        closed, obstacles = current.state is PollState.CLOSED, may_count(sealing.count_facts(connection, current))
        done = counts.count_of(connection, election.id) is not None
    if not closed:
        return NotClosed()
    if done:
        return AlreadyTallied()
    if obstacles:
        return NotSettled(obstacles)
    if not shake(store, election.urn_uuid):  # what a crash right after the close, or a reader, left undone
        return NotShaken()
    with store.reading() as connection:
        added = _add_up(connection, current)
    if isinstance(added, BallotBroken | NotSettled):
        return added

    def keep(work: Work) -> Tallied | AlreadyTallied | NotSettled:
        if counts.count_of(work.connection, election.id) is not None:
            return AlreadyTallied()
        changed = may_count(sealing.count_facts(work.connection, elections.by_id(work.connection, election.id)))
        if changed:  # somebody counted a box or explained a difference while the ballots were checked
            return NotSettled(changed)
        counts.keep_tally(work.connection, election.id, added)
        work.record(
            election.id,
            official.login,
            "tally_computed",
            ballots=added.ballots,
            encrypted_tally=digest_hex(added.to_bytes()),
        )
        return Tallied(added.ballots)

    return store.write(keep)


def _add_up(connection: Connection, election: Election) -> EncryptedTally | BallotBroken | NotSettled:
    question = counts.question_of(connection, election)
    if question is None:
        raise LookupError("a closed election has a question")
    known = frozenset(urns.credentials(connection, election.urn_uuid))
    accumulator, hashes = Accumulator(question), []
    ballots = urns.ballots(connection, election.urn_uuid)
    with checkers(urns.count(connection, election.urn_uuid)) as check_many:
        while batch := tuple(islice(ballots, BATCH)):
            for raw, judged in zip(batch, check_many(question, batch), strict=True):
                if isinstance(judged, BallotRejected):
                    return BallotBroken(digest_hex(raw), judged.reason)
                if judged.credential not in known:
                    return BallotBroken(judged.hash_hex, "credential")
                accumulator.add(judged)
                hashes.append(judged.hash_hex)
    if sealing.logged_hash(connection, election) not in {None, seal_urn(hashes)}:
        return NotSettled((Obstacle(ObstacleCode.URN_CHANGED),))
    return accumulator.tally()
