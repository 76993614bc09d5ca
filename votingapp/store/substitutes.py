"""What is known of those on the certified list of substitutes (suppleanter), and all that decides who of them is next."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from tally.council import SeatKind
from tally.rules import OPEN_SEAT
from tally.succession import Reason, Seat, Term, Told
from tally.vacancy import Step
from votingapp.store import ballot_paper, counts, no_vote, seats, tenures, vacancies
from votingapp.store.tables.members import substitute_word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Connection

    from tally.allocation import Allocation
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vacancies import Vacancy
    from votingapp.store.vault import Vault

_OF_STEPS = {Step.DECLINED: Reason.DECLINED, Step.REFUSED: Reason.NOT_APPOINTED}
"""What a step tells of whoever was proposed."""


def allocation_of(connection: Connection, election: Election) -> Allocation | None:
    """Seats and substitutes as the election gave them; None before nothing is left to draw."""
    without_vote = no_vote.outcome(connection, election)
    if without_vote is not None:
        return without_vote.allocation
    counted = counts.outcome(connection, election)
    if counted is None or counted.allocation.status == "lots_required":
        return None
    return counted.allocation


def names(connection: Connection, election_id: str) -> dict[str, str]:
    """Each candidate as the ballot names her, by id."""
    return {line.id: line.label for line in ballot_paper.lines(connection, election_id)}


def term_of(connection: Connection, election: Election) -> Term | None:
    """All that decides who is next; None before there is an outcome."""
    allocation = allocation_of(connection, election)
    if allocation is None:
        return None
    kept = {one.id: one for one in seats.every(connection, election.id) if one.place.kind is SeatKind.ELECTED}
    free = [one for one in vacancies.every(connection, election.id) if not one.course.is_over and one.seat_id in kept]
    return Term(
        substitutes=allocation.substitutes,
        model=election.rules.substitutes.model,
        declined=election.rules.succession.declined,
        seats=tuple(Seat(one.place.number, one.place.group or OPEN_SEAT, one.given_to) for one in kept.values()),
        sittings=tenures.sittings(connection, election.id),
        told=tuple(told_of_all(connection, election.id)),
        free=tuple(one.as_free(kept[one.seat_id].place.number) for one in free),
    )


def told_of_all(connection: Connection, election_id: str) -> Iterator[Told]:
    """What is known of the substitutes: what they and those who approve them answered, and what was entered of them."""
    for vacancy in vacancies.every(connection, election_id):
        yield from _told_at(vacancy)
    rows = connection.execute(
        select(substitute_word)
        .where(substitute_word.c.election_id == election_id)
        .order_by(substitute_word.c.told_on, substitute_word.c.id)
    )
    for row in rows:
        yield Told(row.candidate, Reason(row.reason), row.told_on)


def _told_at(vacancy: Vacancy) -> Iterator[Told]:
    for taken in vacancy.steps:
        if taken.step in _OF_STEPS and taken.candidate is not None:
            yield Told(taken.candidate, _OF_STEPS[taken.step], taken.day)


def note(work: Work, election_id: str, told: Told, evidence: str, signed_by: tuple[Staff, Staff]) -> str:
    """Keep why a substitute can no longer enter, and on what evidence, which is sealed; return its id."""
    made = str(uuid.uuid4())
    official, second = signed_by
    work.connection.execute(
        insert(substitute_word).values(
            id=made,
            election_id=election_id,
            candidate=told.candidate,
            reason=told.reason.value,
            told_on=told.day,
            evidence_sealed=work.vault.seal(election_id, f"substitute|{made}", evidence.encode()),
            entered_at=work.now,
            entered_by=official.id,
            second_id=second.id,
        )
    )
    return made


def evidence_of(connection: Connection, vault: Vault, election_id: str, candidate: str) -> tuple[tuple[date, str], ...]:
    """Unseal on what evidence each thing was entered of a substitute, with its day; VaultError where it cannot be opened."""
    here = (substitute_word.c.election_id == election_id, substitute_word.c.candidate == candidate)
    rows = connection.execute(select(substitute_word).where(*here).order_by(substitute_word.c.told_on))
    return tuple(
        (row.told_on, vault.unseal(election_id, f"substitute|{row.id}", row.evidence_sealed).decode()) for row in rows
    )
