"""The roll (valgliste) as it goes on paper: everybody who may vote, by number, with the admissions there have been so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from ballots.admission import VoterFacts, refuse_person
from votingapp.store import admissions
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Row, Select, Table
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll; `name` may be empty where `protected` (navne- og adressebeskyttelse).

    `admission` is the number under which she was admitted (kvitteringsnummer), None for who has not been here;
    `person_hash` is the keyed hash of her CPR number, `person_id` her row id.
    """

    number: int
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    protected: bool
    admission: int | None
    person_hash: str = field(repr=False)
    person_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the admissions have come: equal standings make equal papers.

    `last` is the newest number, 0 before the first; `persons` counts the register, and `added` those of it whom a
    supervisor put there.
    """

    last: int
    admitted: int
    undone: int
    persons: int
    added: int


def lines(connection: Connection, election: Election) -> tuple[Line, ...]:
    """Everybody who may vote by `[eligibility]`, and whoever was put on the roll or admitted by a supervisor, by number."""
    rows = connection.execute(_everybody(election.id)).all()
    return tuple(_read(row) for row in rows if _belongs(row, election))


def line_of(connection: Connection, election: Election, person_id: str) -> Line | None:
    """The line of one person; None for whoever is not on the roll."""
    row = connection.execute(_everybody(election.id).where(register_person.c.id == person_id)).first()
    return _read(row) if row is not None and _belongs(row, election) else None


def admitted(connection: Connection, election: Election) -> tuple[Line, ...]:
    """Everybody who has been admitted, by her number on the roll."""
    query = _everybody(election.id).where(admission.c.number.is_not(None))
    return tuple(_read(row) for row in connection.execute(query))


def standing(connection: Connection, election_id: str) -> Standing:
    """How far the admissions have come; quickly, for it is asked every other second."""

    def count(table: Table, *conditions: ColumnElement[bool]) -> int:
        here = table.c.election_id == election_id
        return connection.execute(select(func.count()).select_from(table).where(here, *conditions)).scalar_one()

    return Standing(
        last=admissions.last_number(connection, election_id),
        admitted=count(admission),
        undone=count(admission_undone),
        persons=count(register_person),
        added=count(register_person, register_person.c.by_supervisor),
    )


def _everybody(election_id: str) -> Select[Any]:
    admitted_here = and_(admission.c.person_id == register_person.c.id, admission.c.election_id == election_id)
    return (
        select(register_person, admission.c.number)
        .outerjoin(admission, admitted_here)
        .where(register_person.c.election_id == election_id)
        .order_by(register_person.c.roll_number)
    )


def _belongs(row: Row[Any], election: Election) -> bool:
    if row.by_supervisor or row.number is not None:
        return True
    return refuse_person(VoterFacts(row.birth_date, row.municipality_code), election.rules) is None


def _read(row: Row[Any]) -> Line:
    return Line(row.roll_number, row.name, row.birth_date, row.protected, row.number, row.cpr_hash, row.id)
