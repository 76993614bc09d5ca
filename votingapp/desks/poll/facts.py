"""What the house knows when the board wants to freeze or to open, gathered for the rule that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ballots.poll import FreezeFacts, OpenFacts
from candidates.nomination import Nomination, NominationState, submit
from candidates.similar_names import undistinguished
from votingapp.desks.poll.seal import is_intact
from votingapp.store import ballot_paper, keys, nominations, urns
from votingapp.store.ballot_order import NotDrawn, seed_of
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import ballot

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


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
    )


def open_facts(connection: Connection, election: Election) -> OpenFacts:
    """What `ballots.poll.may_open` asks for."""
    return OpenFacts(
        state=election.state,
        seal_intact=is_intact(connection, election),
        ballots=urns.count(connection, election.urn_uuid),
        admissions=_admissions(connection, election.id),
        slips_issued=urn_of(connection, election.urn_uuid).slips_issued,
        rehearsal_leftovers=0 if election.rehearsal else _rehearsal_leftovers(connection),
    )


def _is_late(election: Election, now: datetime) -> bool:
    """Whether a nomination sent at this instant would be late; the second that the rules name is in to its end."""
    received = submit(election.rules.nomination, now)
    return isinstance(received, Nomination) and received.state is NominationState.LATE


def _admissions(connection: Connection, election_id: str) -> int:
    found = select(func.count()).select_from(admission).where(admission.c.election_id == election_id)
    return connection.execute(found).scalar_one()


def _rehearsal_leftovers(connection: Connection) -> int:
    """Ballots and check-ins of any rehearsal in the same database: nobody shall meet them on the day."""
    ballots = (
        select(func.count())
        .select_from(ballot)
        .join(election_table, election_table.c.urn_uuid == ballot.c.urn_uuid)
        .where(election_table.c.rehearsal)
    )
    admissions = (
        select(func.count())
        .select_from(admission)
        .join(election_table, election_table.c.id == admission.c.election_id)
        .where(election_table.c.rehearsal)
    )
    return connection.execute(ballots).scalar_one() + connection.execute(admissions).scalar_one()
