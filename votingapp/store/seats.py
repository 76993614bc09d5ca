"""The seats of the whole council as the house keeps them: who is proposed for each, and who sits on it since when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from tally.council import Place, SeatKind
from votingapp.store.tables.council import seat, tenure
from votingapp.store.tables.nominations import nomination

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection, Row

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat, and who is proposed for it; `given_to` is the count's id (c7) of whom the election gave it to."""

    id: str
    place: Place
    given_to: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who sits on a seat, from her first day to her last (None: no end is known); `candidate` is her id at the count."""

    id: str
    seat_id: str
    candidate: str | None
    name: str
    from_on: date
    until_on: date | None


def every(connection: Connection, election_id: str) -> tuple[Seat, ...]:
    """The seats of a council by number; nothing before it is put together."""
    rows = connection.execute(select(seat).where(seat.c.election_id == election_id).order_by(seat.c.number))
    return tuple(_read(row) for row in rows)


def tenures(connection: Connection, election_id: str) -> tuple[Tenure, ...]:
    """Who sat on any seat, in the order of their first days."""
    here = select(tenure).where(tenure.c.election_id == election_id).order_by(tenure.c.from_on, tenure.c.id)
    return tuple(
        Tenure(row.id, row.seat_id, row.candidate, row.name, row.from_on, row.until_on)
        for row in connection.execute(here)
    )


def compose(
    work: Work,
    election_id: str,
    places: Sequence[Place],
    fixed: Collection[str],
    given_to: Mapping[int, str | None] | None = None,
) -> None:
    """Let the seats be these, each under its number; the caller records it.

    `given_to` is whom the count gave each seat of the election to, by number: also where a complaint set that aside.
    Left out, it is whoever is proposed. `fixed` are the ids of seats that the byråd has ruled of: they stay as they are,
    but for who is proposed where nobody sits, and none is taken away. ValueError where a place would turn such a seat
    into another one.
    """
    there = {one.place.number: one for one in every(work.connection, election_id)}
    counted = {place.number: place.candidate for place in places} if given_to is None else given_to
    numbers = {place.number for place in places}
    gone = [one.id for number, one in there.items() if number not in numbers]
    if set(gone) & set(fixed):
        raise ValueError("a seat that the byråd has ruled of is not taken away")
    work.connection.execute(delete(seat).where(seat.c.election_id == election_id, seat.c.id.in_(gone)))
    for place in places:
        kept = there.get(place.number)
        if kept is None:
            _add(work, election_id, place, counted.get(place.number))
        elif kept.id in fixed and not _same_seat(kept.place, place):
            raise ValueError("a seat that the byråd has ruled of stays what it is")
        else:
            given = kept.given_to if kept.id in fixed else counted.get(place.number)
            work.connection.execute(update(seat).where(seat.c.id == kept.id).values(given_to=given, **_of(place)))


def begin(work: Work, election_id: str, seated: Seat, from_on: date) -> None:
    """Let the one who is proposed for a seat sit on it from a day; ValueError for a seat for which nobody is."""
    place = seated.place
    if place.is_vacant:
        raise ValueError("nobody is proposed for the seat")
    sit(work, election_id, seated, place.candidate, place.name, from_on)


def sit(work: Work, election_id: str, seated: Seat, candidate: str | None, name: str, from_on: date) -> None:
    """Let somebody sit on a seat from a day, under her id at the count where she stood (c7), and her name as it is now."""
    work.connection.execute(
        insert(tenure).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            seat_id=seated.id,
            candidate=candidate,
            nomination_id=nomination_of(work.connection, election_id, candidate),
            name=name,
            from_on=from_on,
        )
    )


def nomination_of(connection: Connection, election_id: str, candidate: str | None) -> str | None:
    """The nomination of a candidate by her number on the ballot, never by her name; None where there is none of hers."""
    if candidate is None:
        return None
    number = int(candidate.removeprefix("c"))
    here = (nomination.c.election_id == election_id, nomination.c.ballot_number == number)
    return connection.scalars(select(nomination.c.id).where(*here)).first()


def _same_seat(one: Place, other: Place) -> bool:
    return replace(one, candidate=None, name="") == replace(other, candidate=None, name="")


def _add(work: Work, election_id: str, place: Place, given_to: str | None) -> None:
    row = {"id": str(uuid.uuid4()), "election_id": election_id, "number": place.number, "given_to": given_to}
    work.connection.execute(insert(seat).values(row | _of(place)))


def _of(place: Place) -> dict[str, Any]:
    return {
        "category": place.category,
        "kind": place.kind.value,
        "seat_group": place.group,
        "candidate": place.candidate,
        "proposed": place.name or None,
    }


def _read(row: Row[Any]) -> Seat:
    kind = SeatKind(row.kind)
    place = Place(row.number, row.category, kind, row.seat_group, row.candidate, row.proposed or "")
    return Seat(row.id, place, row.given_to)
