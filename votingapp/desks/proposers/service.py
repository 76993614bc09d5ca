"""A candidate asks people to back her, and each says yes or takes it back for herself; nobody is told who counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.nomination import NominationState, is_within
from votingapp.desks.proposers.mails import request_mail
from votingapp.store import elections, nominations, post, proposers
from votingapp.store.audit import CANDIDATE, PROPOSER
from votingapp.web import throttle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from candidates.cpr import Cpr
    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.proposers import Asked
    from votingapp.store.unit_of_work import Store, Work

_PER_APPLICANT = 30
"""Mails that one applicant may have sent within a quarter of an hour: the house is nobody's means of writing to strangers."""

_PER_NETWORK = 200
"""Mails that all applicants of one network may have sent within it: an address of one's own costs nothing, a network does."""

_PER_ADDRESS = 60
"""Answers from one network address within a quarter of an hour."""

_GONE = frozenset({NominationState.LATE, NominationState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Sought:
    """The proposers of an applicant's nomination: whom she asked, and how many have said yes, never which.

    `until` is the second (UTC) until which somebody may be asked and may answer, None once that is over. `room` is how
    many more she may ask, `unreached` how many of her mails no mail server would take.
    """

    nomination: Filed
    asked: tuple[Asked, ...]
    answered: int
    until: datetime | None
    room: int
    unreached: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What whoever holds a link sees: whom she was asked to back, and whether she has said yes."""

    asked: Asked
    candidate: Filed
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Done:
    """It is written down."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """There is no nomination to back, or its time is over, or as many were asked as may be; nothing is changed."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too much in too short a time; nothing is kept."""


def sought(store: Store, election: Election, applicant: Applicant) -> Sought | None:
    """Whom an applicant has asked; None before she has sent a nomination."""
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        filed = nominations.of_applicant(connection, current.id, applicant.id)
        if filed is None or filed.state in _GONE:
            return None
        asked = proposers.asked_for(connection, store.vault, current.id, filed.id)
        fates = post.fates_of_nomination(connection, filed.id)
    unreached = sum(fate.kind is post.Kind.PROPOSER_LINK and fate.given_up_at is not None for fate in fates)
    answered = sum(one.confirmed_at is not None for one in asked)
    room = _most(current) - len(asked)
    return Sought(filed, asked, answered, _until(current, filed, store.clock()), room, unreached)


def ask(
    store: Store,
    election: Election,
    applicant: Applicant,
    asked: tuple[str, str],
    reader: tuple[str, str],
    visitor: str,
) -> Done | NotNow | HeldBack:
    """Ask somebody to back an applicant's nomination: a link that only she gets goes to her address.

    `asked` is her name and e-mail, `reader` the language of the applicant's page and the whole address of the election's
    pages, `visitor` whom her network address counts as (`throttle.visitor_of`).
    """
    name, email = asked

    def write_to(work: Work, current: Election, filed: Filed) -> Done | NotNow:
        if len(proposers.asked_for(work.connection, work.vault, current.id, filed.id)) >= _most(current):
            return NotNow()
        token = proposers.ask(work, current.id, filed.id, name, email)
        language, site = reader
        mail = request_mail(email, current, filed.name, f"{site}propose/{token}", language)
        post.queue(work, current.id, post.Kind.PROPOSER_LINK, mail, filed.id)
        work.record(current.id, CANDIDATE, "proposer_asked", nomination=filed.id)
        return Done()

    doors = {f"propose-ask:{applicant.id}": _PER_APPLICANT, f"propose-ask-from:{visitor}": _PER_NETWORK}
    if any(throttle.is_shut(store, door, limit) for door, limit in doors.items()):
        return HeldBack()
    for door in doors:
        throttle.count_failure(store, door)
    return store.write(lambda work: _with_own(work, election, applicant, write_to))


def remove(store: Store, election: Election, applicant: Applicant, proposer_id: str) -> Done | NotNow:
    """Ask somebody no longer; what she answered is forgotten."""

    def forget(work: Work, current: Election, filed: Filed) -> Done | NotNow:
        if not proposers.remove(work, current.id, filed.id, proposer_id):
            return NotNow()
        work.record(current.id, CANDIDATE, "proposer_removed", nomination=filed.id)
        return Done()

    return store.write(lambda work: _with_own(work, election, applicant, forget))


def open_link(store: Store, election: Election, token: str) -> Opened | None:
    """What a link shows; None where it opens nothing."""
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        asked = proposers.by_token(connection, store.vault, current.id, token)
        filed = nominations.find(connection, current.id, asked.nomination_id) if asked else None
    if asked is None or filed is None:
        return None
    return Opened(asked, filed, _until(current, filed, store.clock()))


def confirm(
    store: Store, election: Election, token: str, cpr: Cpr, declared: str | None, address: str
) -> Done | NotNow | HeldBack:
    """Say yes, under one's own CPR number.

    The answer is the same whoever has that number: whether she is a resident, of age, the candidate herself or has
    backed somebody already is for the secretariat to see.
    """

    def write(work: Work, current: Election, asked: Asked) -> None:
        proposers.confirm(work, current.id, asked, cpr, declared)
        work.record(current.id, PROPOSER, "proposer_confirmed", nomination=asked.nomination_id)

    return _answer(store, election, token, address, write)


def take_back(store: Store, election: Election, token: str, address: str) -> Done | NotNow | HeldBack:
    """Say no after all; the number is forgotten."""

    def write(work: Work, current: Election, asked: Asked) -> None:
        proposers.take_back(work, current.id, asked)
        work.record(current.id, PROPOSER, "proposer_took_back", nomination=asked.nomination_id)

    return _answer(store, election, token, address, write)


def _answer(
    store: Store, election: Election, token: str, address: str, write: Callable[[Work, Election, Asked], None]
) -> Done | NotNow | HeldBack:
    def answer(work: Work) -> Done | NotNow:
        current = elections.by_id(work.connection, election.id)
        asked = proposers.by_token(work.connection, work.vault, current.id, token)
        filed = nominations.find(work.connection, current.id, asked.nomination_id) if asked else None
        if asked is None or filed is None or _until(current, filed, work.asked_at) is None:
            return NotNow()
        write(work, current, asked)
        return Done()

    door = f"propose:{address}"[:100]
    if throttle.is_shut(store, door, _PER_ADDRESS):
        return HeldBack()
    throttle.count_failure(store, door)
    return store.write(answer)


def _with_own(
    work: Work, election: Election, applicant: Applicant, act: Callable[[Work, Election, Filed], Done | NotNow]
) -> Done | NotNow:
    """Act on an applicant's own nomination, while somebody may still back it."""
    current = elections.by_id(work.connection, election.id)
    filed = nominations.of_applicant(work.connection, current.id, applicant.id)
    if filed is None or not current.rules.eligibility.proposers or _until(current, filed, work.asked_at) is None:
        return NotNow()
    return act(work, current, filed)


def _until(election: Election, filed: Filed, now: datetime) -> datetime | None:
    """The deadline, or the end of the cure period for a nomination that was sent back."""
    if election.ballot_fixed or filed.state in _GONE:
        return None
    rules = election.rules.nomination
    until = rules.cure_until if filed.state is NominationState.RETURNED else rules.closes
    return until if is_within(now, until) else None


def _most(election: Election) -> int:
    """How many may be asked: some will not answer, and some will turn out not to count."""
    return 3 * election.rules.eligibility.proposers + 5
