"""What is kept of a person as a member of the council or a substitute: her days, what she missed, what was written of her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import absences, seats, substitutes, tenures, vacancies

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.tenure import Sitting
    from tally.vacancy import Cause, Step
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Missed:
    """A meeting she stayed away from, whether a reason is known, and what was noted."""

    met_on: date
    excused: bool
    note: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A seat that became free of her: why, after which day, and on what evidence."""

    cause: Cause
    left_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What happened with a seat she was proposed for: each step that is about her, with its day and words."""

    step: Step
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Membership:
    """All of it; `known` are the days and evidence on which it was entered that she can no longer enter."""

    times: tuple[Sitting, ...] = ()
    missed: tuple[Missed, ...] = ()
    gave_up: tuple[GaveUp, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    known: tuple[tuple[date, str], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether she never was a member and nothing was written of her as a substitute."""
        return not (self.times or self.missed or self.gave_up or self.proposals or self.known)


def membership_of(connection: Connection, vault: Vault, election_id: str, number: int | None) -> Membership:
    """What is kept about the candidate with a number on the ballot; nothing about who has none."""
    if number is None:
        return Membership()
    candidate = f"c{number}"
    hers = {one.id for one in seats.tenures(connection, election_id) if one.candidate == candidate}
    return Membership(
        times=tuple(one for one in tenures.sittings(connection, election_id) if one.candidate == candidate),
        missed=tuple(
            Missed(one.met_on, one.excused, absences.note_of(connection, vault, election_id, one.id))
            for one in absences.every(connection, election_id)
            if one.tenure_id in hers
        ),
        gave_up=_gave_up(connection, vault, election_id, candidate, hers),
        proposals=_proposals(connection, vault, election_id, candidate),
        known=substitutes.evidence_of(connection, vault, election_id, candidate),
    )


def _gave_up(
    connection: Connection, vault: Vault, election_id: str, candidate: str, hers: set[str]
) -> tuple[GaveUp, ...]:
    never_sat = {one.id for one in seats.every(connection, election_id) if one.given_to == candidate}
    return tuple(
        GaveUp(one.cause, one.left_on, vacancies.evidence_of(connection, vault, election_id, one.id))
        for one in vacancies.every(connection, election_id)
        if one.tenure_id in hers or (one.tenure_id is None and one.seat_id in never_sat)
    )


def _proposals(connection: Connection, vault: Vault, election_id: str, candidate: str) -> tuple[Proposal, ...]:
    found: list[Proposal] = []
    for one in vacancies.every(connection, election_id):
        if any(taken.candidate == candidate for taken in one.steps):
            said = vacancies.said_at(connection, vault, election_id, one.id)
            steps = zip(one.steps, said, strict=True)
            found += [
                Proposal(step.step, step.day, words.words) for step, words in steps if step.candidate == candidate
            ]
    return tuple(found)
