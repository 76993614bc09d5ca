"""What the house knows when the board wants to take a step of the poll, gathered for the rule that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ballots.poll import CloseFacts, DoorsFacts, FreezeFacts, OpenFacts
from candidates.nomination import Nomination, NominationState, submit
from candidates.similar_names import undistinguished
from votingapp.desks.poll.seal import is_intact
from votingapp.desks.poll.zero import report_standing
from votingapp.store import admissions, ballot_paper, confirmations, keys, nominations, trials, urns
from votingapp.store.attendance import Ceremony, present_now
from votingapp.store.ballot_order import NotDrawn, seed_of
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import ballot

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony as KeyCeremony


def freeze_facts(connection: Connection, election: Election, now: datetime) -> FreezeFacts:
    """What `ballots.poll.may_freeze` asks for."""
    entries = tuple(filed.entry for filed in nominations.accepted(connection, election.id))
    labels = ballot_paper.labels(entries)
    ceremony = keys.ceremony_of(connection, election.id)
    return FreezeFacts(
        state=election.state,
        rules_present=bool(election.rules.text),
        nominations_over=_is_late(election, now),
        accepted=len(entries),
        undecided=nominations.count_undecided(connection, election.id),
        uncontested=election.uncontested_at is not None,
        similar_pairs=max(len(undistinguished(entries)), len(labels) - len(set(labels))),
        order_settled=not isinstance(seed_of(connection, election), NotDrawn),
        key_ready=ceremony is not None and ceremony.step is None,
        slips_printed=urn_of(connection, election.urn_uuid).slips_printed,
        credentials=len(urns.credentials(connection, election.urn_uuid)),
        annulled=election.annulment is not None,
        stopped=len(confirmations.stopped_by(connection, election.id)),
        untried=_untried(connection, election, ceremony),
    )


def open_facts(connection: Connection, election: Election, now: datetime, reason: str = "") -> OpenFacts:
    """What `ballots.poll.may_open` asks for; `reason` is why the poll opens before its hour.

    Under a broken seal nobody is asked to confirm: what is there is not what anybody was to look at.
    """
    holders, intact = confirmations.standing(connection, election), is_intact(connection, election)
    return OpenFacts(
        state=election.state,
        seal_intact=intact,
        ballots=urns.count(connection, election.urn_uuid),
        admissions=admissions.count(connection, election.id),
        slips_issued=urn_of(connection, election.urn_uuid).slips_issued,
        rehearsal_leftovers=0 if election.rehearsal else _rehearsal_leftovers(connection),
        present=len(present_now(connection, election.id, Ceremony.OPEN, now)),
        zero_report=report_standing(connection, election),
        too_early=now < election.rules.election.opens_at and not reason,
        annulled=election.annulment is not None,
        unconfirmed=holders.missing if intact else 0,
        stopped=len(holders.stopped),
    )


def doors_facts(connection: Connection, election: Election, now: datetime, reason: str = "") -> DoorsFacts:
    """What `ballots.poll.may_close_doors` asks for; `reason` is why the doors are shut before their hour."""
    return DoorsFacts(
        state=election.state,
        doors_closed=election.doors is not None,
        present=len(present_now(connection, election.id, Ceremony.CLOSE, now)),
        too_early=now < election.rules.election.closes_at and not reason,
    )


def close_facts(connection: Connection, election: Election, now: datetime) -> CloseFacts:
    """What `ballots.poll.may_close` asks for."""
    return CloseFacts(
        state=election.state,
        doors_closed=election.doors is not None,
        present=len(present_now(connection, election.id, Ceremony.CLOSE, now)),
    )


def _untried(connection: Connection, election: Election, ceremony: KeyCeremony | None) -> int:
    """So many holders still have to open the trial sum; before there is a key nothing is there to be tried."""
    if ceremony is None or ceremony.step is not None:
        return 0
    return trials.missing(connection, election.id, ceremony)


def _is_late(election: Election, now: datetime) -> bool:
    """Whether a nomination sent at this instant would be late; the second that the rules name is in to its end."""
    received = submit(election.rules.nomination, now)
    return isinstance(received, Nomination) and received.state is NominationState.LATE


def _rehearsal_leftovers(connection: Connection) -> int:
    """Ballots and check-ins of any rehearsal in the same database: nobody shall meet them on the day."""
    ballots = (
        select(func.count())
        .select_from(ballot)
        .join(election_table, election_table.c.urn_uuid == ballot.c.urn_uuid)
        .where(election_table.c.rehearsal)
    )
    met = (
        select(func.count())
        .select_from(admission)
        .join(election_table, election_table.c.id == admission.c.election_id)
        .where(election_table.c.rehearsal)
    )
    return connection.execute(ballots).scalar_one() + connection.execute(met).scalar_one()
