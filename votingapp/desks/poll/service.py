"""What happens to the poll: it is frozen, opened and closed, once each, and each step says what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import update

from ballots.poll import Obstacle, ObstacleCode, may_close, may_freeze, may_open
from ballots.protocol.hashing import digest_hex
from ballots.urn import UrnState
from candidates.ballot_order import MustDistinguish
from votingapp.desks.poll.facts import close_facts, freeze_facts, open_facts
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.question import build_question
from votingapp.desks.poll.seal import Seal, make_seal, seal_details
from votingapp.store import ballot_paper, closing, elections, keys, nominations, reports, urns
from votingapp.store.attendance import CLOSED, OPENED, Ceremony, present_now, written
from votingapp.store.backup.keeping import shake
from votingapp.store.ballot_order import NotDrawn, ballot_order, seed_of
from votingapp.store.ballot_paper import FROZEN
from votingapp.store.ballot_pictures import photo_hashes
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ballots.protocol.trustees import Trustees
    from candidates.ballot_order import BallotEntry
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Frozen:
    """Rules, ballot paper, slips and key are fixed under this seal."""

    seal: Seal


@dataclass(frozen=True, slots=True)
class Opened:
    """The urn was empty and takes ballots now; voters may be admitted."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The urn takes no more ballots, holds so many, and has this hash (ballots.urn.seal_urn).

    `shaken` unless an open reading kept its storage from forgetting.
    """

    ballots: int
    urn_sha256: str
    shaken: bool = True


def freeze(store: Store, official: Staff, election: Election) -> Frozen | Obstructed:
    """Fix everything that is voted on."""

    def act(work: Work) -> Frozen | Obstructed:
        current = elections.by_id(work.connection, election.id)
        obstacles = may_freeze(freeze_facts(work.connection, current, work.now))
        if obstacles:
            return Obstructed(obstacles)
        match ballot_order(work.connection, current):
            case MustDistinguish(groups):
                return Obstructed((Obstacle(ObstacleCode.SIMILAR_NAMES, len(groups)),))
            case NotDrawn():
                return Obstructed((Obstacle(ObstacleCode.LOT_NOT_DRAWN),))
            case ordered:
                return _fix(work, official, current, ordered)

    return store.write(act)


def _fix(work: Work, official: Staff, election: Election, ordered: tuple[BallotEntry, ...]) -> Frozen | Obstructed:
    connection = work.connection
    trustees = _trustees(connection, election)
    if trustees is None:
        return Obstructed((Obstacle(ObstacleCode.KEY_MISSING),))
    labels = ballot_paper.labels(ordered)
    question = build_question(election, labels, trustees.combined_public_key)
    slips = urns.credentials(connection, election.urn_uuid)
    seal = make_seal(question.raw, trustees.raw, slips, election.rules.sha256)
    nominations.set_ballot_numbers(connection, election.id, [entry.receipt for entry in ordered])
    _set_urn(connection, election, election_json=question.raw.decode(), trustees_json=trustees.raw.decode())
    _set_election(connection, election, frozen_at=work.now)
    work.record(
        election.id,
        official.login,
        FROZEN,
        seal=seal_details(seal),
        candidates=labels,
        pictures=photo_hashes(work, election.id),
        key=digest_hex(trustees.raw),
        slips=len(slips),
        lot_seed=_seed(connection, election),
    )
    return Frozen(seal)


def _seed(connection: Connection, election: Election) -> str:
    seed = seed_of(connection, election)
    return "" if isinstance(seed, NotDrawn) else seed


def _trustees(connection: Connection, election: Election) -> Trustees | None:
    ceremony = keys.ceremony_of(connection, election.id)
    return None if ceremony is None else ceremony.trustees()


def open_poll(store: Store, official: Staff, election: Election, reason: str = "") -> Opened | Obstructed:
    """Open the urn, which two members have reported empty, in a house without anything left over from a rehearsal.

    `reason` is why it is opened before the hour that the rules state; it goes into the log. From now on voters are
    admitted, so that nobody is before the board says so.
    """

    def act(work: Work) -> Opened | Obstructed:
        current = elections.by_id(work.connection, election.id)
        obstacles = may_open(open_facts(work.connection, current, work.now, reason))
        if obstacles:
            return Obstructed(obstacles)
        report = reports.kept(work.connection, election.id, reports.ZERO_REPORT)
        _set_urn(work.connection, current, state=UrnState.OPEN.value)
        _set_election(work.connection, current, opened_at=work.now)
        work.record(
            election.id,
            official.login,
            OPENED,
            ballots=0,
            present=_there(work, current, Ceremony.OPEN),
            zero_report="" if report is None else report.sha256,
            before_time=reason if work.now < current.rules.election.opens_at else "",
        )
        return Opened()

    return store.write(act)


def close_poll(store: Store, official: Staff, election: Election) -> Closed | Obstructed:
    """Close the urn for good and forget who voted on paper (ADR 19), then shake it, so that no order is left (promise 1)."""

    def act(work: Work) -> Closed | Obstructed:
        current = elections.by_id(work.connection, election.id)
        obstacles = may_close(close_facts(work.connection, current, work.now))
        if obstacles:
            return Obstructed(obstacles)
        shut = closing.shut(work, current, official)
        work.record(
            election.id,
            official.login,
            CLOSED,
            ballots=shut.ballots,
            slips_issued=shut.slips_issued,
            urn_sha256=shut.urn_sha256,
            present=_there(work, current, Ceremony.CLOSE),
        )
        return Closed(shut.ballots, shut.urn_sha256)

    outcome = store.write(act)
    if isinstance(outcome, Closed):
        return replace(outcome, shaken=shake(store, election.urn_uuid))
    return outcome


def _there(work: Work, election: Election, ceremony: Ceremony) -> list[dict[str, str]]:
    return written(present_now(work.connection, election.id, ceremony, work.now))


def _set_urn(connection: Connection, election: Election, **values: object) -> None:
    connection.execute(update(urn_table).where(urn_table.c.uuid == election.urn_uuid).values(**values))


def _set_election(connection: Connection, election: Election, **values: object) -> None:
    connection.execute(update(election_table).where(election_table.c.id == election.id).values(**values))
