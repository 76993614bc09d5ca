"""The dates of an election in the order they come, from the adoption of its rules to the end of the term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from candidates.clauses import COPENHAGEN

if TYPE_CHECKING:
    from datetime import date

    from votingapp.store.decisions import BallotLot, Extension
    from votingapp.store.elections import Election
    from votingapp.store.poll_decisions import Annulment, Postponement


class Event(StrEnum):
    """What happens; the words people read are the template's."""

    ADOPTED = "adopted"
    NOMINATION_OPENS = "nomination_opens"
    FIRST_DEADLINE = "first_deadline"
    """A deadline that was extended: it no longer counts, and is still told."""
    NOMINATION_CLOSES = "nomination_closes"
    CURE_ENDS = "cure_ends"
    LOT_DRAWN = "lot_drawn"
    LIST_FINAL = "list_final"
    UNCONTESTED = "uncontested"
    FIRST_DAY = "first_day"
    """A polling day that was postponed: it no longer counts, and is still told."""
    POLL_OPENS = "poll_opens"
    POLL_CLOSES = "poll_closes"
    ANNULLED = "annulled"
    COMPLAINTS_END = "complaints_end"
    TERM_STARTS = "term_starts"
    TERM_ENDS = "term_ends"


@dataclass(frozen=True, slots=True)
class Date:
    """One line of the timetable: `at` is the UTC instant, None where the rules name a whole `day` (Copenhagen).

    `extension` is the decision behind a deadline that was moved, `decision` that behind a poll that was called off.
    """

    event: Event
    day: date
    at: datetime | None = None
    extension: Extension | None = None
    decision: Annulment | Postponement | None = None


def timetable(election: Election, lot: BallotLot | None = None) -> tuple[Date, ...]:
    """Every date that the rules and the decisions since name, earliest first; what happens at once keeps its order.

    Where no vote is held there are no polling hours, and nobody begins where the election does not stand.
    """
    dates = [*_of_nomination(election, lot), *_of_poll(election), *_of_term(election)]
    places = {event: place for place, event in enumerate(Event)}
    return tuple(sorted(dates, key=lambda one: (_instant(one), places[one.event])))


def _of_nomination(election: Election, lot: BallotLot | None) -> list[Date]:
    rules, adopted = election.rules.nomination, election.adopted_rules.nomination
    dates = [_at(Event.NOMINATION_OPENS, rules.opens), _at(Event.CURE_ENDS, rules.cure_until)]
    if election.extension is None:
        dates.append(_at(Event.NOMINATION_CLOSES, rules.closes))
    else:
        dates.append(_at(Event.FIRST_DEADLINE, adopted.closes))
        dates.append(_at(Event.NOMINATION_CLOSES, rules.closes, election.extension))
    if lot is not None:
        dates.append(_at(Event.LOT_DRAWN, lot.drawn_at or lot.draw_at))
    return dates


def _of_poll(election: Election) -> list[Date]:
    final = [] if election.frozen_at is None else [_at(Event.LIST_FINAL, election.frozen_at)]
    if election.uncontested_at is not None:
        return [*final, _at(Event.UNCONTESTED, election.uncontested_at), *_of_annulment(election)]
    return [*final, *_of_day(election), *_of_annulment(election)]


def _of_day(election: Election) -> list[Date]:
    """The polling hours in force, and those that were postponed; none where the election was annulled before it opened."""
    rules, moved = election.rules.election, election.postponement
    if election.annulment is not None and election.opened_at is None:
        return []
    first = [] if moved is None else [_at(Event.FIRST_DAY, election.adopted_rules.election.opens_at)]
    opens = replace(_at(Event.POLL_OPENS, rules.opens_at), decision=moved)
    return [*first, opens, _at(Event.POLL_CLOSES, rules.closes_at)]


def _of_annulment(election: Election) -> list[Date]:
    if election.annulment is None:
        return []
    return [replace(_at(Event.ANNULLED, election.annulment.entered_at), decision=election.annulment)]


def _of_term(election: Election) -> list[Date]:
    rules = election.rules.election
    adopted = [Date(Event.ADOPTED, rules.adopted_on), Date(Event.COMPLAINTS_END, election.complaints_end)]
    if election.annulment is not None:
        return adopted
    return [*adopted, Date(Event.TERM_STARTS, rules.term_start), Date(Event.TERM_ENDS, rules.term_end)]


def _at(event: Event, instant: datetime, extension: Extension | None = None) -> Date:
    return Date(event, instant.astimezone(COPENHAGEN).date(), instant, extension)


def _instant(one: Date) -> datetime:
    """What ends with its day stands after what happens during it; a day that begins something stands first."""
    clock = time.max if one.event in {Event.COMPLAINTS_END, Event.TERM_ENDS} else time.min
    return one.at or datetime.combine(one.day, clock, COPENHAGEN)
