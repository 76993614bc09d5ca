"""A deadline is extended by a decision that stays, and whoever came too late for the old one is taken in with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candidates.extension import ExtensionObstacle, extend, reinstate
from candidates.nomination import NominationState
from votingapp.documents.notices import tell
from votingapp.store import decisions, elections, looks, nominations, staff
from votingapp.store.decisions import Extension
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_NOT_STANDING = frozenset({NominationState.LATE, NominationState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Extended:
    """The new deadlines are in force, and these nominations are no longer late."""

    reinstated: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Hindered:
    """The deadlines are as they were."""

    obstacle: ExtensionObstacle


@dataclass(frozen=True, slots=True)
class Made:
    """An extension as it was made, and the name of the official who entered it."""

    extension: Extension
    official: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every extension, earliest first, and the nominations that are too late as things stand."""

    made: tuple[Made, ...]
    late: tuple[Filed, ...]


def deadlines(store: Store, official: Staff, election: Election) -> Deadlines:
    """How the deadline has been moved, and whom another extension could take in; a look at a list."""

    def look(work: Work) -> Deadlines:
        looks.note(work, election.id, official.id, looks.What.NOMINATION_LIST)
        every = decisions.extensions(work.connection, election.id)
        names = {one.entered_by: staff.find(work.connection, one.entered_by) for one in every}
        made = (Made(one, found.name if (found := names[one.entered_by]) else "") for one in every)
        return Deadlines(tuple(made), _late(work, election.id))

    return store.write(look)


def extend_deadline(
    store: Store,
    official: Staff,
    election: Election,
    closes: datetime,
    cure_until: datetime,
    body: str,
    reason: str,
    *,
    site: str = "",
) -> Extended | Hindered:
    """Enter that a body has given everybody more time; both instants are UTC.

    Everybody who stands is told, and whoever is no longer late is told that too; `site` is the address of the
    election's pages for the mails.
    """

    def act(work: Work) -> Extended | Hindered:
        current = elections.by_id(work.connection, election.id)
        lot = decisions.lot_of(work.connection, current.id)
        extended = extend(
            current.rules.election,
            current.rules.nomination,
            closes,
            cure_until,
            work.now,
            ballot_fixed=current.ballot_fixed,
            draw_at=lot.draw_at if lot else None,
        )
        if isinstance(extended, ExtensionObstacle):
            return Hindered(extended)
        extension = Extension(work.now, body, reason, closes, cure_until, official.id)
        decisions.keep_extension(work, current.id, extension)
        standing = nominations.every(work.connection, current.id)
        later = replace(current, rules=extension.apply(current.rules), extension=extension)
        taken_in = _take_in(work, later)
        _tell(work, official, later, standing, taken_in, site)
        work.record(
            current.id,
            official.login,
            "deadline_extended",
            body=body,
            reason=reason,
            closes=closes.isoformat(),
            cure_until=cure_until.isoformat(),
            closes_before=current.rules.nomination.closes.isoformat(),
            cure_until_before=current.rules.nomination.cure_until.isoformat(),
            reinstated=[filed.id for filed in taken_in],
        )
        return Extended(taken_in)

    return store.write(act)


def _take_in(work: Work, extended: Election) -> tuple[Filed, ...]:
    """Put every late nomination that is in time now among those that wait."""
    taken_in = []
    for filed in _late(work, extended.id):
        standing = reinstate(filed.nomination, extended.rules.nomination)
        if standing.state is not NominationState.LATE:
            nominations.keep(work.connection, extended.id, filed.id, standing)
            taken_in.append(filed)
    return tuple(taken_in)


def _tell(
    work: Work,
    official: Staff,
    extended: Election,
    before: tuple[Filed, ...],
    taken_in: tuple[Filed, ...],
    site: str,
) -> None:
    """Write to whoever stood before, and to whoever was taken in; each gets one letter."""
    reason = extended.extension.reason if extended.extension else ""
    for filed in before:
        if filed.state not in _NOT_STANDING:
            tell(work, extended, filed.id, NoticeKind.EXTENDED, official_id=official.id, reason=reason, site=site)
    for filed in taken_in:
        tell(work, extended, filed.id, NoticeKind.REINSTATED, official_id=official.id, reason=reason, site=site)


def _late(work: Work, election_id: str) -> tuple[Filed, ...]:
    every = nominations.every(work.connection, election_id)
    return tuple(filed for filed in every if filed.state is NominationState.LATE)
