"""What the record would say if it were drawn up now; nobody signs it, and it changes with what is behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tally.record import Annulment, nobody_elected
from votingapp.store import counts, explanations, incidents, lots, no_vote, paper_records, poll_decisions, record
from votingapp.store.ledger import Paper
from votingapp.store.record import Archive, Edition

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from tally.record import Record
    from votingapp.store.elections import Election


def draft(connection: Connection, election: Election) -> Record | None:
    """The record as it would be, as of the last act that it tells of; None before there is an outcome to tell."""
    return record_of(connection, election, Edition(0, _last_act(connection, election)))


def record_of(connection: Connection, election: Election, edition: Edition) -> Record | None:
    """The record of an election that was counted, settled without a vote or annulled; None before any of these."""
    annulment = poll_decisions.annulment_of(connection, election.id)
    counted = _counted(connection, election, edition)
    if annulment is not None:
        told = Annulment(annulment.decided_on, annulment.body, annulment.reason)
        if counted is not None:
            return replace(counted, allocation=nobody_elected(), annulled=told)
        return record.draw_up_annulled(connection, election, told, edition)
    if counted is not None:
        return counted
    decided = no_vote.outcome(connection, election)
    return None if decided is None else record.draw_up_uncontested(connection, election, decided, edition)


def _counted(connection: Connection, election: Election, edition: Edition) -> Record | None:
    kept, question, found = (
        counts.count_of(connection, election.id),
        counts.question_of(connection, election),
        counts.outcome(connection, election),
    )
    if kept is None or question is None or found is None:
        return None
    decrypted = {decryption.owner for decryption in counts.decryptions(connection, election.id)}
    archive = Archive(question.fingerprint, kept.last_event or "", kept.archive_sha256 or "", frozenset(decrypted))
    return record.draw_up(connection, election, found, kept.tally(question).ballots, archive, edition)


def _last_act(connection: Connection, election: Election) -> datetime:
    kept = counts.count_of(connection, election.id)
    drawn = [lot.at for lot in lots.lots_of(connection, election.id, election.urn_uuid)]
    told = [line.at for line in incidents.lines(connection, election.id)]
    told += [one.at for paper in Paper for one in explanations.every(connection, election.id, paper)]
    told += [one.at for one in paper_records.explanations(connection, election.id)]
    result_at = None if kept is None else kept.result_at
    return max([result_at or election.uncontested_at or election.founded_at, *drawn, *told])
