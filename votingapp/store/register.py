"""The register extract of an election: sealed while it is looked over, then a row a person, found by hash or by name and age."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select

from ballots.register import fold_name
from ballots.roll import answers_to_words, read_query
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.register import register_draft, register_person
from votingapp.store.tables.station import doubt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from ballots.register import Person
    from candidates.cpr import Cpr
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_DRAFT_PURPOSE = "register-draft"

# The two questions of every search are put together once: to do so for each voter takes as long as the search itself.
_HERE = register_person.c.election_id == bindparam("election_id")
_BY_CPR = select(register_person).where(_HERE, register_person.c.cpr_hash == bindparam("cpr_hash"))
_BY_NUMBER = select(register_person).where(_HERE, register_person.c.roll_number == bindparam("roll_number"))
_BORN = (
    select(register_person)
    .where(_HERE, register_person.c.birth_date == bindparam("birth_date"))
    .order_by(register_person.c.name_key, register_person.c.id)
)
# Asked for an order by birth date SQLite would go through the whole extract along the index that begins with it.
_NAMED = select(register_person).where(_HERE, register_person.c.name_key == bindparam("name_key"))


@dataclass(frozen=True, slots=True)
class Resident:
    """One person of the extract; `municipality_code` has four digits, `name` may be empty where `protected`.

    `roll_number` (valglistenummer) counts the persons by name, from 1; it is on the poll card and the printed roll.

    `cpr_hash` is the keyed hash of her CPR number, under which a look at her is noted.
    """

    id: str
    cpr_hash: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    municipality_code: str
    protected: bool
    roll_number: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An extract that was handed in and is not yet taken over: the bytes as they came, when and by which official's id."""

    extract: bytes = field(repr=False)
    uploaded_at: datetime
    uploaded_by: str


def keep_draft(work: Work, election_id: str, extract: bytes, staff_id: str) -> None:
    """Keep an extract sealed until it is taken over or dropped; an earlier draft gives way to it."""
    drop_draft(work.connection, election_id)
    work.connection.execute(
        insert(register_draft).values(
            election_id=election_id,
            extract_sealed=work.vault.seal(election_id, _DRAFT_PURPOSE, extract),
            uploaded_at=work.now,
            uploaded_by=staff_id,
        )
    )


def draft(connection: Connection, vault: Vault, election_id: str) -> Draft | None:
    """The extract that waits to be taken over; VaultError when it cannot be opened."""
    row = connection.execute(select(register_draft).where(register_draft.c.election_id == election_id)).first()
    if row is None:
        return None
    return Draft(vault.unseal(election_id, _DRAFT_PURPOSE, row.extract_sealed), row.uploaded_at, row.uploaded_by)


def has_draft(connection: Connection, election_id: str) -> bool:
    """Whether an extract waits to be taken over."""
    return bool(connection.execute(select(exists().where(register_draft.c.election_id == election_id))).scalar_one())


def drop_draft(connection: Connection, election_id: str) -> bool:
    """Throw the draft away; False when there is none."""
    return connection.execute(delete(register_draft).where(register_draft.c.election_id == election_id)).rowcount > 0


def is_in_use(connection: Connection, election_id: str) -> bool:
    """Whether something rests on its persons, so that it must stay as it is: an admission, one taken back, or a case in doubt."""
    rests = (
        exists().where(admission.c.election_id == election_id),
        exists().where(admission_undone.c.election_id == election_id),
        exists().where(doubt.c.election_id == election_id, doubt.c.person_id.is_not(None)),
    )
    return bool(connection.execute(select(or_(*rests))).scalar_one())


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows ready to be put in: made before the transaction, which then keeps the other desks waiting no longer than it must."""

    rows: tuple[dict[str, Any], ...] = field(repr=False)


def prepare(vault: Vault, election_id: str, persons: Iterable[Person]) -> Prepared:
    """Hash each CPR number, fold each name and number the persons by name, as the rows of an extract hold them."""
    hashed = ((vault.hash_cpr(election_id, person.cpr.number), fold_name(person.name), person) for person in persons)
    numbered = enumerate(sorted(hashed, key=lambda one: (one[1], one[2].birth_date, one[0])), 1)
    return Prepared(
        tuple(
            {
                "id": str(uuid.uuid4()),
                "election_id": election_id,
                "cpr_hash": cpr_hash,
                "name": person.name,
                "name_key": name_key,
                "birth_date": person.birth_date,
                "municipality_code": person.municipality_code,
                "protected": person.protected,
                "roll_number": number,
                "by_supervisor": False,
            }
            for number, (cpr_hash, name_key, person) in numbered
        )
    )


def replace(connection: Connection, election_id: str, prepared: Prepared) -> int:
    """Put an extract, whole, in the place of the one before; return the number of persons.

    Who was in the one before keeps her row id, by which the log names her. Only while the extract is not in use.
    """
    known = _ids_by_hash(connection, election_id)
    connection.execute(delete(register_person).where(register_person.c.election_id == election_id))
    rows = [row | {"id": known.get(row["cpr_hash"], row["id"])} for row in prepared.rows]
    connection.execute(insert(register_person), rows)
    return len(rows)


def count(connection: Connection, election_id: str) -> int:
    """How many persons the extract of an election holds."""
    here = register_person.c.election_id == election_id
    return connection.execute(select(func.count()).select_from(register_person).where(here)).scalar_one()


def find(connection: Connection, election_id: str, person_id: str) -> Resident | None:
    """The person with this row id at this election."""
    here = register_person.c.election_id == election_id
    row = connection.execute(select(register_person).where(here, register_person.c.id == person_id)).first()
    return None if row is None else _read(row)


def find_by_cpr(connection: Connection, vault: Vault, election_id: str, cpr: Cpr) -> Resident | None:
    """The person with this CPR number, found by its keyed hash."""
    asked = {"election_id": election_id, "cpr_hash": vault.hash_cpr(election_id, cpr.number)}
    row = connection.execute(_BY_CPR, asked).first()
    return None if row is None else _read(row)


def find_by_roll_number(connection: Connection, election_id: str, roll_number: int) -> Resident | None:
    """The person with this number on the roll."""
    row = connection.execute(_BY_NUMBER, {"election_id": election_id, "roll_number": roll_number}).first()
    return None if row is None else _read(row)


def by_roll_numbers(connection: Connection, election_id: str, numbers: Collection[int]) -> dict[int, Resident]:
    """The persons with these numbers on the roll, by number; a number of nobody is left out."""
    here = (register_person.c.election_id == election_id, register_person.c.roll_number.in_(numbers))
    return {row.roll_number: _read(row) for row in connection.execute(select(register_person).where(*here))}


def find_by_name(connection: Connection, election_id: str, query: str, birth_date: date) -> tuple[Resident, ...]:
    """Everybody born that day whose name answers to what was typed (ballots/roll.py), by name."""
    asked = {"election_id": election_id, "birth_date": birth_date}
    rows = connection.execute(
        _BORN, asked
    ).all()  # at once: many are born on 1 January, and fetching one by one costs half as much again
    wanted = read_query(query)
    return tuple(_read(row) for row in rows if answers_to_words(row.name_key, wanted))


@dataclass(frozen=True, slots=True)
class Entry:
    """A person whom the extract lacks, as a supervisor takes her down from her papers.

    `identity` is what tells her from everybody else: her CPR number in ten digits, or for want of one her folded name and
    her birth date. Its keyed hash stands where a person of the extract has that of her CPR number, so that the same
    person cannot be entered twice.
    """

    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    municipality_code: str
    identity: str = field(repr=False)


def without_cpr(name: str, birth_date: date) -> str:
    """The `identity` of a person who has no CPR number with her."""
    return f"{fold_name(name)}|{birth_date.isoformat()}"


def find_by_identity(connection: Connection, vault: Vault, election_id: str, identity: str) -> Resident | None:
    """The person with this identity, be she of the extract or entered by a supervisor."""
    asked = {"election_id": election_id, "cpr_hash": vault.hash_cpr(election_id, identity)}
    row = connection.execute(_BY_CPR, asked).first()
    return None if row is None else _read(row)


def born_on(connection: Connection, election_id: str, birth_date: date) -> tuple[Resident, ...]:
    """Everybody born that day, by name."""
    return tuple(
        _read(row) for row in connection.execute(_BORN, {"election_id": election_id, "birth_date": birth_date})
    )


def find_namesakes(connection: Connection, election_id: str, name: str, birth_date: date) -> tuple[Resident, ...]:
    """Everybody born that day with exactly this name, letters without their signs being the same."""
    return tuple(one for one in born_on(connection, election_id, birth_date) if fold_name(one.name) == fold_name(name))


def find_by_whole_name(connection: Connection, election_id: str, name: str) -> tuple[Resident, ...]:
    """Everybody with exactly this name, letters without their signs being the same, whatever the birth date; by that."""
    asked = {"election_id": election_id, "name_key": fold_name(name)}
    named = (_read(row) for row in connection.execute(_NAMED, asked))
    return tuple(sorted(named, key=lambda one: (one.birth_date, one.id)))


def enter(work: Work, election_id: str, entry: Entry) -> Resident:
    """Put a person on the roll under the next number, marked as entered by a supervisor; the caller has seen that she is new."""
    here = register_person.c.election_id == election_id
    last = work.connection.execute(select(func.max(register_person.c.roll_number)).where(here)).scalar() or 0
    row: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "election_id": election_id,
        "cpr_hash": work.vault.hash_cpr(election_id, entry.identity),
        "name": entry.name,
        "name_key": fold_name(entry.name),
        "birth_date": entry.birth_date,
        "municipality_code": entry.municipality_code,
        "protected": False,
        "roll_number": last + 1,
        "by_supervisor": True,
    }
    work.connection.execute(insert(register_person).values(row))
    entered = find(work.connection, election_id, row["id"])
    if entered is None:
        raise LookupError("the person just entered is not there")
    return entered


def _ids_by_hash(connection: Connection, election_id: str) -> dict[str, str]:
    rows = connection.execute(
        select(register_person.c.cpr_hash, register_person.c.id).where(register_person.c.election_id == election_id)
    )
    return {row.cpr_hash: row.id for row in rows}


def _read(row: Row[Any]) -> Resident:
    return Resident(
        id=row.id,
        cpr_hash=row.cpr_hash,
        name=row.name,
        birth_date=row.birth_date,
        municipality_code=row.municipality_code,
        protected=row.protected,
        roll_number=row.roll_number,
    )
