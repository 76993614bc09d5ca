"""Two delete the personal data of an election once nobody can contest it; the database's files are searched for it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from tally.retention import Hindrance, RetentionFacts, may_delete
from votingapp.store import (
    complaints,
    deleting,
    deletions,
    drawn_records,
    elections,
    leftovers,
    log_words,
    record_signatures,
    rewriting,
    rulings,
)
from votingapp.store.backup.keeping import ask_to_forget

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.deletions import Deletion
    from votingapp.store.elections import Election
    from votingapp.store.leftovers import Traces
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

DELETED = log_words.FORGETTING
CHECKED = "deletion_checked"
"""The acts in the log."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What stands in the way, and how many rows of each kind would go; `done` once they are gone."""

    hindrances: tuple[Hindrance, ...]
    counts: Mapping[str, int]
    done: Deletion | None


@dataclass(frozen=True, slots=True)
class Gone:
    """The rows are gone, and the files were looked through; `clean` tells that nothing was left in them."""

    clean: bool


@dataclass(frozen=True, slots=True)
class TooEarly:
    """Something is still waited for; nothing was deleted."""

    hindrances: tuple[Hindrance, ...]


@dataclass(frozen=True, slots=True)
class NothingDeleted:
    """There is nothing to look for: nothing of this election was deleted."""


def examine(connection: Connection, election: Election, now: datetime) -> Examined:
    """Say what is waited for, and what would go."""
    done = deletions.of(connection, election.id)
    counts = done.counts if done is not None else deleting.count(connection, election.id)
    return Examined(may_delete(_facts(connection, election, now)), counts, done)


def delete(store: Store, officials: tuple[Staff, Staff], election: Election) -> Gone | TooEarly:
    """Delete what has no purpose left, in one transaction with its entry in the log; then look through the database's files.

    `officials` are who deletes and who confirmed it with her own login; ValueError for one alone. Repeating it deletes nothing.
    """
    official, second = officials
    if official.id == second.id:
        raise ValueError("personal data is deleted by two")

    def act(work: Work) -> Traces | TooEarly:
        # Asked in this very transaction: a complaint that comes meanwhile stands before it or after it, never beside it.
        hindrances = may_delete(_facts(work.connection, election, work.now))
        if hindrances:
            return TooEarly(hindrances)
        traces = leftovers.collect(work.connection, election.id)
        deletions.announce(work, election.id, officials, deleting.count(work.connection, election.id))
        went = deleting.delete_rows(work.connection, election.id)
        ask_to_forget(work)  # the stick knows them too: a fresh copy takes the place of all that lies there
        work.record(election.id, official.login, DELETED, second=second.login, went=went)
        return traces

    found = store.write(act)
    if isinstance(found, TooEarly):
        return found
    return Gone(_check(store, official, election, found))


def check_again(store: Store, official: Staff, election: Election) -> Gone | NothingDeleted:
    """Write the files anew once more, where a reader held on to the old ones or the machine stopped before they were.

    By what the rows would be known again nobody knows any more; that they were overwritten is what the copy says.
    """
    with store.reading() as connection:
        if not deletions.is_deleted(connection, election.id):
            return NothingDeleted()
    return Gone(_check(store, official, election, None))


def _check(store: Store, official: Staff, election: Election, traces: Traces | None) -> bool:
    copied = rewriting.rewrite(store.engine, deleting.tables())
    found = leftovers.search(store.engine, traces) if copied and traces is not None else ""
    searched = copied and traces is not None and leftovers.can_search(store.engine)

    def keep(work: Work) -> None:
        deletions.keep_check(work, election.id, copied=copied, searched=searched, found=found)
        work.record(election.id, official.login, CHECKED, copied=copied, searched=searched, found=found)

    store.write(keep)
    return copied and not found


def _facts(connection: Connection, seen: Election, now: datetime) -> RetentionFacts:
    election = elections.by_id(connection, seen.id)  # it may have been annulled since the page was asked for
    record = drawn_records.newest_version(connection, election)
    annulled = election.annulment
    return RetentionFacts(
        now=now,
        deleted=deletions.is_deleted(connection, election.id),
        poll_over=election.state is PollState.CLOSED or election.is_called_off,
        record_signed=record_signatures.signed_by_all(connection, election),
        complaints_until=election.complaints_end,
        open_complaints=complaints.numbers(connection, election.id).open,
        appeals_until=complaints.appeals_end(connection, election.id, election.rules.complaints.appeal_days),
        ruled=annulled is not None or rulings.everybody_is_answered(connection, election.id),
        record_outdated=annulled is not None and record is not None and record.at < annulled.entered_at,
    )
