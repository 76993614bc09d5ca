"""The closed urn is added up without being opened, and every ballot is checked once more on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import Obstacle, ObstacleCode, PollState, may_count
from ballots.protocol.ballot import BallotRejected
from ballots.protocol.hashing import digest_hex
from tally.encrypted_tally import Accumulator
from tally.verification import Judged
from tally.verification.judging import Judging
from tally.verification.slips import Slips, Spending, SpentSlips
from votingapp.cores import checkers
from votingapp.desks.count import judged
from votingapp.store import counts, elections, sealing, urns
from votingapp.store.backup.keeping import shake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from ballots.protocol.election import Election as Question
    from tally.verification.judging import Judgement
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
        found = _judge(connection, current)
    if isinstance(found, BallotBroken | NotSettled):
        return found

    def keep(work: Work) -> Tallied | AlreadyTallied | NotSettled:
        if counts.count_of(work.connection, election.id) is not None:
            return AlreadyTallied()
        changed = may_count(sealing.count_facts(work.connection, elections.by_id(work.connection, election.id)))
        if changed:  # somebody counted a box or explained a difference while the ballots were checked
            return NotSettled(changed)
        counts.keep_tally(work.connection, election.id, found.tally)
        judged.record(work, official, election.id, found)
        return Tallied(found.tally.ballots)

    return store.write(keep)


def _judge(connection: Connection, election: Election) -> Judged | BallotBroken | NotSettled:
    """Judge every ballot and add it up, a few at a time."""
    question = counts.question_of(connection, election)
    if question is None:
        raise LookupError("a closed election has a question")
    adding = _Adding(question, Slips(urns.credentials(connection, election.urn_uuid)))
    with checkers(urns.count(connection, election.urn_uuid)) as check_many:
        judging: Judging[str] = Judging(question, check_many)
        for raw in urns.ballots(connection, election.urn_uuid):
            if broken := adding.take(judging.put(digest_hex(raw), raw)):
                return broken
        if broken := adding.take(judging.finish()):
            return broken
    urn_sha256 = adding.spent.seal()
    if sealing.logged_hash(connection, election) not in {None, urn_sha256}:
        return NotSettled((Obstacle(ObstacleCode.URN_CHANGED),))
    return Judged(question.fingerprint, urn_sha256, adding.accumulator.tally())


class _Adding:
    """What comes of the judged ballots."""

    def __init__(self, question: Question, slips: Slips) -> None:
        self.spent = SpentSlips(slips)
        self.accumulator = Accumulator(question)

    def take(self, judged_ballots: Iterable[tuple[str, Judgement]]) -> BallotBroken | None:
        """Add the ballots to the sum; the first that does not belong there ends it."""
        for name, judgement in judged_ballots:
            if isinstance(judgement, BallotRejected):
                return BallotBroken(name, judgement.reason)
            spending = self.spent.spend(judgement.credential, name)
            if spending is not Spending.FIRST:
                return BallotBroken(name, spending.value)
            self.accumulator.add(judgement)
        return None
