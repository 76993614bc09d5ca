"""The queue says what each nomination needs from the secretariat; it is an order of work, and nothing is settled by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.register import fold_name
from ballots.roll import answers_to
from candidates.eligibility import FindingCode, verdict
from candidates.nomination import NominationState, is_within
from votingapp.desks.secretariat.decisions.findings import LIVE, judge_filed, needing_a_line, same_person
from votingapp.store import looks, nominations, notices
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from candidates.eligibility import Finding
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store


class Need(StrEnum):
    """What an undecided nomination needs; each has exactly one, the first of these that fits."""

    OVERDUE = "overdue"
    """Sent back, and the time to mend it is over: to be decided now."""
    MENDED = "mended"
    """Sent back, and mended by the candidate: to be looked at again."""
    IDENTITY = "identity"
    """Nobody has seen yet who she is."""
    OPEN = "open"
    """A rule is not satisfied, or the register does not tell."""
    READY = "ready"
    """Every rule is satisfied."""
    RETURNED = "returned"
    """Sent back: the candidate has time left, and the secretariat waits."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A nomination in the queue; `need` is None once it is decided.

    `twins` are the other live nominations of the same person; `needs_line` tells that its name could be taken for
    another's on the ballot.
    """

    filed: Filed
    findings: tuple[Finding, ...]
    need: Need | None
    twins: tuple[Filed, ...]
    needs_line: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the official wants to see: words of a name or the beginning of a receipt number, and one need or state; "" is all."""

    words: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The nominations of an election by what they need, the oldest first, as far as they were asked for.

    `counts` are of all of them, whatever was asked for. `twice` are those whom one person sent in more than once,
    `alike` those that still need a line of their own on the ballot; both may stand in a group as well.
    """

    groups: tuple[tuple[Need, tuple[Listed, ...]], ...]
    decided: tuple[Listed, ...]
    twice: tuple[Listed, ...]
    alike: tuple[Listed, ...]
    counts: dict[str, int]


def queue(store: Store, official: Staff, election: Election, asked: Asked) -> Queue:
    """Read the queue, after the look at it was written down: the reading is long, and the only writer is not kept waiting."""
    store.write(lambda work: looks.note(work, election.id, official.id, looks.What.NOMINATION_LIST))
    listed = _every(store, election)
    shown = tuple(one for one in listed if _is_asked_for(one, asked))
    waiting = tuple(one for one in shown if one.need is not None)
    return Queue(
        groups=tuple((need, tuple(one for one in waiting if one.need is need)) for need in Need),
        decided=tuple(one for one in shown if one.need is None),
        twice=tuple(one for one in shown if one.twins),
        alike=tuple(one for one in shown if one.needs_line),
        counts=_count(listed),
    )


def _every(store: Store, election: Election) -> tuple[Listed, ...]:
    now = store.clock()
    with store.reading() as connection:
        every = nominations.every(connection, election.id)
        told = notices.latest_decisions(connection, election.id)
        judged = [judge_filed(connection, store.vault, election, one) for one in every]
    unsure = needing_a_line(every)
    return tuple(
        Listed(
            filed=one,
            findings=findings,
            need=need_of(one, findings, told.get(one.id), election.rules.nomination.cure_until, now),
            twins=_twins(one, every),
            needs_line=one.receipt in unsure,
        )
        for one, findings in zip(every, judged, strict=True)
    )


def need_of(
    filed: Filed, findings: Sequence[Finding], told: NoticeKind | None, cure_until: datetime, now: datetime
) -> Need | None:
    """What a nomination needs at an instant; `told` is what the candidate was told last, None where nothing."""
    match filed.state:
        case NominationState.RETURNED:
            return Need.RETURNED if is_within(now, cure_until) else Need.OVERDUE
        case NominationState.SUBMITTED:
            return _undecided(findings, told)
        case _:
            return None


def _undecided(findings: Sequence[Finding], told: NoticeKind | None) -> Need:
    if told is NoticeKind.DEFECT:
        return Need.MENDED
    if any(one.code is FindingCode.IDENTITY and one.satisfied is not True for one in findings):
        return Need.IDENTITY
    return Need.READY if verdict(findings) is True else Need.OPEN


def _twins(filed: Filed, every: Sequence[Filed]) -> tuple[Filed, ...]:
    if filed.state not in LIVE:
        return ()
    return tuple(other for other in every if other.state in LIVE and same_person(filed, other))


def _is_asked_for(one: Listed, asked: Asked) -> bool:
    if asked.only and asked.only not in {one.filed.state.value, one.need.value if one.need else ""}:
        return False
    words = asked.words.strip()
    if not words:
        return True
    return one.filed.receipt.startswith(words.upper()) or answers_to(fold_name(one.filed.name), words)


def _count(listed: Sequence[Listed]) -> dict[str, int]:
    """How many there are of each need and of each state; every one of them is there."""
    found = dict.fromkeys([*(need.value for need in Need), *(state.value for state in NominationState)], 0)
    for one in listed:
        found[one.filed.state.value] += 1
        # A nomination that was sent back is counted by its state, or as overdue.
        if one.need is not None and one.need is not Need.RETURNED:
            found[one.need.value] += 1
    return found
