"""The steps of an audit by a sample: each is taken in its turn, and what stands in the way is a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from votingapp.store import elections, sample_audits

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


class AuditObstacle(StrEnum):
    """Why a step of the audit is not taken."""

    NOT_ASKED = "not_asked"
    """The rules ask for no such audit."""
    ANNULLED = "annulled"
    NOT_COUNTED = "not_counted"
    """The box is counted by two before its papers are laid in batches."""
    RESULT_KNOWN = "result_known"
    """The papers lie as they lie: who knows the result does not lay them anew."""
    UNFIT_BATCHES = "unfit_batches"
    """The batches do not hold just as many papers as two counted."""
    RESULT_UNKNOWN = "result_unknown"
    """A sample is announced when it is known who is elected, with no lot left to draw."""
    NOT_LAID = "not_laid"
    ANNOUNCED_BEFORE = "announced_before"
    UNFIT_DOUBT = "unfit_doubt"
    """As many papers are in doubt as are missing or too many, at least, and not more than there are."""
    UNFIT_DRAWS = "unfit_draws"
    """One paper is drawn at least, and not more than there are: then all are counted instead."""
    HOPELESS = "hopeless"
    """No sample can confirm these seats: all papers are counted instead."""
    NOT_ANNOUNCED = "not_announced"
    ROLLED_BEFORE = "rolled_before"
    """The first throws stand."""
    UNFIT_DIGITS = "unfit_digits"
    DIGITS_DIFFER = "digits_differ"
    """The two wrote down different throws."""
    UNFIT_WITNESSES = "unfit_witnesses"
    NOT_DRAWING = "not_drawing"
    """No paper is drawn now: the dice were not rolled, or the sample has ended."""
    OTHER_DRAW = "other_draw"
    """This draw is not to be read by this official: it takes a paper that was read, by her or by two."""
    UNFIT_MARKS = "unfit_marks"
    """A paper of these booths names no more candidates than a voter has votes, and only those of the ballot."""
    FULL_BEFORE = "full_before"
    """All papers are counted already, or the sample has confirmed the seats."""
    NOT_FULL = "not_full"
    """All papers are counted only where two let the sample go, or it did not confirm the seats."""
    NOTHING_DIFFERS = "nothing_differs"
    EXPLAINED_BEFORE = "explained_before"


@dataclass(frozen=True, slots=True)
class Taken:
    """The step was taken."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """The step was not taken, and nothing was kept."""

    obstacle: AuditObstacle


Answer = Taken | Hindered


def take(
    store: Store, election: Election, act: Callable[[Work, Election, Audit | None], AuditObstacle | None]
) -> Answer:
    """Take a step of an audit by a sample in one transaction, on the election and the audit as they are in it."""

    def write(work: Work) -> Answer:
        current = elections.by_id(work.connection, election.id)
        obstacle = why_not(current) or act(work, current, sample_audits.audit_of(work.connection, current.id))
        return Taken() if obstacle is None else Hindered(obstacle)

    return store.write(write)


def why_not(election: Election) -> AuditObstacle | None:
    """What stands in the way of every step of an audit by a sample."""
    if not election.rules.audit.paper_record or election.rules.audit.counted != "sample":
        return AuditObstacle.NOT_ASKED
    return AuditObstacle.ANNULLED if election.annulment is not None else None


def require_two(signed_by: tuple[Staff, Staff]) -> tuple[Staff, Staff]:
    """The two who take a step; ValueError for one alone."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("two take a step of an audit")
    return signed_by
