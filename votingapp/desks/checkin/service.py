"""What happens at the check-in: a person is looked up, judged by the rules, and admitted once; every look is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ballots.admission import (
    Admissible,
    AdmissionAnswer,
    Admitted,
    AlreadyAdmitted,
    DeskFacts,
    NeedsDeclaration,
    VoterFacts,
    may_admit,
)
from candidates.cpr import CprRefusal, parse_cpr
from votingapp.store import admissions, elections, looks, register
from votingapp.store.looks import What

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_PRESSED_TWICE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk (bord) of the polling station and the official who sits there."""

    name: str
    official: Staff


@dataclass(frozen=True, slots=True)
class Found:
    """A person of the register, and what the desk may do: `answer` supposes that she declares what is asked."""

    person: Resident
    answer: AdmissionAnswer


@dataclass(frozen=True, slots=True)
class Counter:
    """What a desk may know of the attendance: its own figure; the rest of the account is for the board to see."""

    at_desk: int
    admitted: int
    slips_issued: int
    slips_left: int


AdmitOutcome = Admitted | AdmissionAnswer
"""What comes of admitting somebody; never Admissible."""


def look_up_cpr(store: Store, desk: Desk, election: Election, typed: str) -> tuple[Found, ...] | CprRefusal:
    """Find a person by CPR number; why the number was not taken, or nobody or one person."""
    cpr = parse_cpr(typed)
    if isinstance(cpr, CprRefusal):
        return cpr

    def look(work: Work) -> tuple[Found, ...]:
        # Noted for a number that is not in the register too: its holder was asked about, and the desk was told something.
        asked = work.vault.hash_cpr(election.id, cpr.number)
        looks.note(work, election.id, desk.official.id, What.CHECKIN_CPR, subject_hash=asked)
        person = register.find_by_cpr(work.connection, work.vault, election.id, cpr)
        return () if person is None else (_found(work.connection, election, person),)

    return store.write(look)


def look_up_name(store: Store, desk: Desk, election: Election, name: str, birth_date: date) -> tuple[Found, ...]:
    """Find everybody born that day whose name answers to what was typed."""

    def look(work: Work) -> tuple[Found, ...]:
        persons = register.find_by_name(work.connection, election.id, name, birth_date)
        seen = [person.cpr_hash for person in persons]
        looks.note_each(work, election.id, desk.official.id, What.CHECKIN_NAME, seen)
        return tuple(_found(work.connection, election, person) for person in persons)

    return store.write(look)


def show(store: Store, official: Staff, election: Election, person_id: str) -> Found | None:
    """Show once more a person who has been looked up, as when a tick is missing; None for an id of nobody here."""

    def look(work: Work) -> Found | None:
        person = register.find(work.connection, election.id, person_id)
        if person is None:
            return None
        looks.note(work, election.id, official.id, What.CHECKIN_AGAIN, subject_hash=person.cpr_hash)
        return _found(work.connection, election, person)

    return store.write(look)


def admit(
    store: Store, official: Staff, election: Election, person_id: str, desk: str, *, declared: bool
) -> AdmitOutcome:
    """Admit a person: the admission and the slip it issues are one transaction, so she has both or neither.

    Admitted once; a second try anywhere gets AlreadyAdmitted with the time and desk of the first. A refusal is logged
    too, for the polling book (afstemningsbog). NotOnRoll for an id of nobody at this election.
    """
    return store.write(lambda work: _admit(work, Desk(desk, official), election, person_id, declared=declared))


def pressed_twice(outcome: AlreadyAdmitted, desk: str, now: datetime) -> bool:
    """Whether an earlier admission may be the desk's own, a moment ago: one voter, one press too many."""
    return outcome.desk == desk and timedelta(0) <= now - outcome.at < _PRESSED_TWICE


def read_counter(store: Store, election: Election, desk: str) -> Counter:
    """Count who has been admitted and what is left to hand out."""
    with store.reading() as connection:
        urn = elections.urn_of(connection, election.urn_uuid)
        return Counter(
            at_desk=admissions.count_at_desk(connection, election.id, desk),
            admitted=admissions.count(connection, election.id),
            slips_issued=urn.slips_issued,
            slips_left=urn.slips_printed - urn.slips_issued,
        )


def _found(connection: Connection, election: Election, person: Resident) -> Found:
    return Found(person, _judge(connection, election, person, declared=True))


def _judge(connection: Connection, election: Election, person: Resident | None, *, declared: bool) -> AdmissionAnswer:
    # Read anew: the poll may have been closed since the page was asked for.
    current = elections.by_id(connection, election.id)
    urn = elections.urn_of(connection, current.urn_uuid)
    return may_admit(
        None if person is None else VoterFacts(person.birth_date, person.municipality_code),
        current.rules,
        DeskFacts(current.state, urn.slips_printed - urn.slips_issued),
        declared=declared,
        earlier=None if person is None else admissions.find(connection, election.id, person.id),
    )


def _admit(work: Work, desk: Desk, election: Election, person_id: str, *, declared: bool) -> AdmitOutcome:
    person = register.find(work.connection, election.id, person_id)
    answer = _judge(work.connection, election, person, declared=declared)
    if person is None or isinstance(answer, NeedsDeclaration):
        return answer
    login = desk.official.login
    if not isinstance(answer, Admissible):
        reason = type(answer).__name__
        work.record(election.id, login, "admission_refused", person=person.id, desk=desk.name, reason=reason)
        return answer
    asked = election.rules.admission.roll == "open" and election.rules.eligibility.declaration
    declaration = election.rules.eligibility.declaration if asked else None
    admitted = admissions.add(
        work, election.id, person.id, desk=desk.name, official_id=desk.official.id, declaration=declaration
    )
    admissions.issue_slip(work.connection, election.urn_uuid)
    work.record(election.id, login, "admitted", person=person.id, desk=desk.name, declaration=declaration)
    return admitted
