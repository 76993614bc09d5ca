"""A member stayed away from a meeting; with too many absences that nobody explained the rule set lets the seat be free."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.deadlines import copenhagen_day
from tally.vacancy import Cause
from votingapp.store import absences, seats, tenures, vacancies

if TYPE_CHECKING:
    from datetime import date

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


class Refusal(StrEnum):
    """Why nothing was kept."""

    NOBODY_SAT = "nobody_sat"
    """Nobody sat on the seat on that day."""
    AHEAD = "ahead"
    NOTED_BEFORE = "noted_before"
    NO_SUCH_ABSENCE = "no_such_absence"
    """There is none, or a reason is known already."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The absence is kept."""


@dataclass(frozen=True, slots=True)
class Excused:
    """It counts no more; `free_for_it` is a seat's case that rests on absences and is not over, which may be taken back."""

    free_for_it: str | None


def note_absence(
    store: Store, official: Staff, election: Election, number: int, met_on: date, note: str, *, excused: bool
) -> Noted | Refusal:
    """Keep that whoever sat on a seat on the day of a meeting stayed away."""

    def act(work: Work) -> Noted | Refusal:
        if met_on > copenhagen_day(work.now):
            return Refusal.AHEAD
        by_id = {one.id: one.place.number for one in seats.every(work.connection, election.id)}
        times = seats.tenures(work.connection, election.id)
        held = [one for one in times if by_id[one.seat_id] == number and tenures.as_sitting(one, number).holds(met_on)]
        if not held:
            return Refusal.NOBODY_SAT
        known = absences.of_tenure(work.connection, election.id, held[0].id)
        if any(one.met_on == met_on for one in known):
            return Refusal.NOTED_BEFORE
        absences.add(work, election.id, held[0].id, met_on, note, official.id, excused=excused)
        work.record(
            election.id, official.login, "absence_noted", seat=number, met_on=met_on.isoformat(), excused=excused
        )
        return Noted()

    return store.write(act)


def excuse(store: Store, official: Staff, election: Election, absence_id: str, note: str) -> Excused | Refusal:
    """Keep that a reason for an absence was told afterwards."""

    def act(work: Work) -> Excused | Refusal:
        known = next((one for one in absences.every(work.connection, election.id) if one.id == absence_id), None)
        if known is None or known.excused:
            return Refusal.NO_SUCH_ABSENCE
        absences.excuse(work, election.id, absence_id, note, official.id)
        work.record(election.id, official.login, "absence_excused", absence=absence_id, met_on=known.met_on.isoformat())
        open_cases = (
            one.id
            for one in vacancies.every(work.connection, election.id)
            if one.tenure_id == known.tenure_id and one.cause is Cause.ABSENT and not one.course.is_over
        )
        return Excused(next(open_cases, None))

    return store.write(act)
