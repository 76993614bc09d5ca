"""An election is prepared step by step; what the database holds says which steps are done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ballots.poll import PollState
from candidates.nomination import is_within
from candidates.similar_names import undistinguished
from tally.deadlines import is_over
from votingapp.desks.secretariat.overview.outlook import Outlook, outlook
from votingapp.store import (
    audit,
    complaints,
    counts,
    deletions,
    keys,
    log_words,
    nominations,
    register,
    rulings,
    settled,
)
from votingapp.store.elections import urn_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from candidates.nomination import NominationState
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

ENTRIES_PER_PAGE = 100


class StepName(StrEnum):
    """The steps of an election, in order."""

    RULES = "rules"
    REGISTER = "register"
    CANDIDATES = "candidates"
    KEYS = "keys"
    SLIPS = "slips"
    FREEZE = "freeze"
    OPEN = "open"
    CLOSE = "close"
    COUNT = "count"
    RECORD = "record"
    COMPLAINTS = "complaints"
    COUNCIL = "council"
    DELETION = "deletion"


class StepState(StrEnum):
    """Whether a step is done, to be done now, or waits for another."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the guided list."""

    name: StepName
    state: StepState


@dataclass(frozen=True, slots=True)
class Overview:
    """The steps, and the figures the secretariat works with; nothing of the urn."""

    steps: tuple[Step, ...]
    outlook: Outlook
    nominations: Mapping[NominationState, int]
    register_persons: int
    slips_printed: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log as a page shows it; `details` are its particulars, of which `gone` are words that were deleted."""

    serial: int
    at: datetime
    actor: str
    act: str
    details: Mapping[str, Any]
    gone: frozenset[str]
    hash: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Part of the log, newest first; `broken_at` is the serial of the first entry that does not follow, None if all do."""

    entries: tuple[LogEntry, ...]
    number: int
    pages: int
    total: int
    broken_at: int | None


def overview(store: Store, election: Election) -> Overview:
    """How far an election has come."""
    with store.reading() as connection:
        by_state = nominations.count_by_state(connection, election.id)
        done = _done(connection, election, store.clock())
        ahead = outlook(connection, election, store.clock())
        persons = register.count(connection, election.id)
        slips = urn_of(connection, election.urn_uuid).slips_printed
    steps = tuple(Step(name, _state(name, done, held=not election.is_called_off)) for name in StepName)
    return Overview(steps, ahead, by_state, persons, slips)


def log_page(store: Store, election: Election, number: int) -> LogPage:
    """A page of the election's log, counted from 1, newest entries first, and whether the whole chain holds."""
    with store.reading() as connection:
        broken_at = audit.first_broken_link(connection, election.id)
        every = tuple(audit.entries(connection, election.id))
    pages = max(1, -(-len(every) // ENTRIES_PER_PAGE))
    number = min(max(number, 1), pages)
    newest_first = every[::-1][(number - 1) * ENTRIES_PER_PAGE : number * ENTRIES_PER_PAGE]
    return LogPage(tuple(_shown(entry) for entry in newest_first), number, pages, len(every), broken_at)


def _shown(entry: audit.Entry) -> LogEntry:
    details = json.loads(entry.details)
    gone = frozenset(name for name, value in details.items() if log_words.are_gone(value))
    return LogEntry(entry.serial, entry.at, entry.actor, entry.act, details, gone, entry.hash)


_NEEDS: Mapping[StepName, tuple[StepName, ...]] = MappingProxyType(
    {
        StepName.FREEZE: (StepName.CANDIDATES, StepName.KEYS, StepName.SLIPS),
        StepName.OPEN: (StepName.FREEZE,),
        StepName.CLOSE: (StepName.OPEN,),
        StepName.COUNT: (StepName.CLOSE,),
        StepName.RECORD: (StepName.COUNT,),
        StepName.COMPLAINTS: (StepName.CLOSE,),
        StepName.COUNCIL: (StepName.RECORD, StepName.COMPLAINTS),
        StepName.DELETION: (StepName.RECORD, StepName.COMPLAINTS, StepName.COUNCIL),
    }
)
"""Which steps wait for which; the others can be taken at once."""

_AFTERWARDS = frozenset({StepName.RECORD, StepName.COMPLAINTS, StepName.COUNCIL, StepName.DELETION})
"""What is left to be done where no vote is held, or where it does not stand."""


def _state(name: StepName, done: frozenset[StepName], *, held: bool) -> StepState:
    """Where no vote is held, the steps of the vote are never taken, and nothing waits for them."""
    if name in done:
        return StepState.DONE
    needed = _NEEDS.get(name, ())
    if not held:
        needed = tuple(step for step in needed if step in _AFTERWARDS)
    return StepState.NOW if (held or name in _AFTERWARDS) and done.issuperset(needed) else StepState.LATER


def _done(connection: Connection, election: Election, now: datetime) -> frozenset[StepName]:
    """The steps of which the database shows that they are done."""
    ceremony = keys.ceremony_of(connection, election.id)
    kept = counts.count_of(connection, election.id)
    reached = tuple(PollState).index(election.state)
    found = {
        StepName.RULES: True,
        StepName.REGISTER: register.count(connection, election.id) > 0,
        StepName.CANDIDATES: reached > 0 or _candidates_are_settled(connection, election, now),
        StepName.KEYS: ceremony is not None and ceremony.step is None,
        StepName.SLIPS: urn_of(connection, election.urn_uuid).slips_printed > 0,
        StepName.FREEZE: reached >= tuple(PollState).index(PollState.FROZEN),
        StepName.OPEN: reached >= tuple(PollState).index(PollState.OPEN),
        StepName.CLOSE: election.state is PollState.CLOSED,
        StepName.COUNT: kept is not None and kept.result is not None,
        StepName.RECORD: settled.is_signed(connection, election),
        StepName.COMPLAINTS: _complaints_are_settled(connection, election, now),
        StepName.COUNCIL: rulings.everybody_is_answered(connection, election.id),
        StepName.DELETION: deletions.is_deleted(connection, election.id),
    }
    return frozenset(name for name, is_done in found.items() if is_done)


def _complaints_are_settled(connection: Connection, election: Election, now: datetime) -> bool:
    """The time for complaints of a poll that is over, or of one that is not held, has passed, and none is open."""
    over = election.state is PollState.CLOSED or election.is_called_off
    return over and is_over(election.complaints_end, now) and not complaints.any_open(connection, election.id)


def _candidates_are_settled(connection: Connection, election: Election, now: datetime) -> bool:
    """Nominations are over, none waits, somebody stands, and no two can be taken for one another."""
    over = not is_within(now, election.rules.nomination.closes)
    standing = nominations.accepted(connection, election.id)
    waiting = nominations.count_undecided(connection, election.id)
    return over and bool(standing) and not waiting and not undistinguished([one.entry for one in standing])
