"""What is kept about a person is gathered, and the look at it is noted like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.cpr import CprRefusal, parse_cpr
from votingapp.store import insight, looks, register, staff
from votingapp.store.insight import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from votingapp.store.elections import Election
    from votingapp.store.insight import Kept
    from votingapp.store.looks import What
    from votingapp.store.staff import Role, Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a person who asks: whom it is about, what is kept, and the roles today of whoever looked, by staff id."""

    subject: Subject
    kept: Kept
    roles: Mapping[str, frozenset[Role]]


def find_by_cpr(store: Store, election: Election, typed: str) -> Subject | CprRefusal:
    """Whom a CPR number names at this election, known or not; or why the number was not taken."""
    cpr = parse_cpr(typed)
    return cpr if isinstance(cpr, CprRefusal) else Subject(store.vault.hash_cpr(election.id, cpr.number))


def find_by_email(store: Store, election: Election, address: str) -> Subject:
    """Whom an e-mail address names at this election, known or not."""
    return Subject(store.vault.hash_email(election.id, address))


def find_by_name(store: Store, election: Election, name: str, birth_date: date) -> Subject:
    """Whom a name and a birth date name who was entered on the roll without a CPR number; nobody else is found by them.

    Whoever has a number is asked for it: two people may be called alike and be born on one day.
    """
    return Subject(store.vault.hash_cpr(election.id, register.without_cpr(name, birth_date)))


def tell(store: Store, official: Staff, election: Election, subject: Subject, what: What) -> Told | None:
    """Gather what is kept about a person and note who saw it; None when the subject is a nomination of nobody here.

    A number that nobody has here was asked about all the same, so that is noted too.
    """

    def look(work: Work) -> Told | None:
        kept = insight.gather(work.connection, work.vault, election.id, subject)
        if kept is None:
            return None
        hers = kept.standings[0].filed if kept.standings else None
        looks.note(
            work,
            election.id,
            official.id,
            what,
            subject_hash=subject.key or (hers.cpr_hash if hers else None),
            nomination_id=hers.id if hers else None,
        )
        seen_by = {one.staff_id for one in kept.looks}
        return Told(
            subject, kept, {staff_id: staff.roles_of(work.connection, staff_id, election.id) for staff_id in seen_by}
        )

    return store.write(look)
