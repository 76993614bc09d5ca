"""When a seat becomes free, the certified list says who is next (suppleant), and of everybody before her why she is passed over.

Ranked list: an open seat goes to the first of the list, a reserved seat to the first of its group (docs/rules.md). Paired: it
goes to the personal substitutes of the member to whom the seat was first given. Nothing is settled by the order of seats,
of entry, or of names: where two seats become free on one day and their order would change who sits where, people decide it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tally.allocation import SubstituteMember
    from tally.tenure import Sitting


class Reason(StrEnum):
    """Why somebody on the list is passed over."""

    OTHER_GROUP = "other_group"
    """The seat is reserved for a group that is not hers."""
    SITTING = "sitting"
    LEFT = "left"
    """She had a seat and left it."""
    ASKED = "asked"
    """She is proposed for another seat that is free."""
    DECLINED = "declined"
    MOVED_AWAY = "moved_away"
    DIED = "died"
    WITHDREW = "withdrew"
    """She asked to be taken off the list."""
    NOT_APPOINTED = "not_appointed"
    ENGAGED = "engaged"
    """She sits in the council in another way, as appointed by somebody or as a member of the byråd."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat filled by the election: its `kind` is "open" or a group, `first` whom the count gave it to, None for nobody."""

    number: int
    kind: str
    first: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a substitute since a day, and follows neither from the list nor from who sits."""

    candidate: str
    reason: Reason
    day: date


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """A seat that nobody has been found for yet: `day` is the first without a member.

    `asked` is who is proposed for it now. `turn` is the place that people gave it among those free since the same day.
    """

    seat: int
    day: date
    asked: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """All that decides who is next: the certified substitutes, the rules, the seats, who sat, and what was told of whom.

    `declined` is the rule for one who says no: "struck" from the list for the term, or "stays" on it for a seat that
    becomes free later ([succession] declined; no law says which).
    """

    substitutes: tuple[SubstituteMember, ...]
    model: Literal["ranked", "paired"]
    declined: Literal["struck", "stays"]
    seats: tuple[Seat, ...]
    sittings: tuple[Sitting, ...]
    told: tuple[Told, ...]
    free: tuple[FreeSeat, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody of the list who is passed over, with her rank there, why, and since when where a day is known."""

    candidate: str
    rank: int
    reason: Reason
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Who is proposed, her rank, and who stands before her on the list; `whose` is the member whose substitute she is."""

    candidate: str
    rank: int
    whose: str | None
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody is left for the seat: it is vacant (vakant). `passed` is the whole list."""

    whose: str | None
    passed: tuple[Passed, ...]

    @property
    def is_final(self) -> bool:
        """Whether it stays so: nobody of the list is only waiting for an answer about another seat."""
        return all(one.reason is not Reason.ASKED for one in self.passed)


@dataclass(frozen=True, slots=True)
class LotNeeded:
    """These share a rank and compete for the seat: a lot must be drawn. The allocation leaves no such list behind."""

    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderNeeded:
    """These seats became free on one day, and who sits where depends on which is filled first: people must decide it."""

    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EarlierFirst:
    """Another seat, for which the same people stand ready, comes before this one."""

    seats: tuple[int, ...]


Proposal = Next | Nobody | LotNeeded | OrderNeeded | EarlierFirst


def propose(term: Term, seat: int) -> Proposal:
    """Say who is next for a free seat that has nobody proposed yet; ValueError where it is not one."""
    wanted = next((one for one in term.free if one.seat == seat and one.asked is None), None)
    if wanted is None:
        raise ValueError(f"seat {seat} is not free, or somebody is proposed for it")
    held_back = _held_back(term, wanted)
    return held_back if held_back is not None else _first(term, wanted)


def _first(term: Term, wanted: FreeSeat) -> Next | Nobody | LotNeeded:
    """The first of the seat's list who is not passed over."""
    listed = _listed(term, wanted.seat)
    passed: list[Passed] = []
    whose = _seat(term, wanted.seat).first if term.model == "paired" else None
    for one in listed:
        why = _passed(term, wanted, one)
        if why is not None:
            passed.append(why)
            continue
        equals = tuple(other.id for other in listed if other.rank == one.rank and _passed(term, wanted, other) is None)
        return LotNeeded(equals) if len(equals) > 1 else Next(one.id, one.rank, whose, tuple(passed))
    return Nobody(whose, tuple(passed))


def _listed(term: Term, seat: int) -> tuple[SubstituteMember, ...]:
    """The list for a seat, by rank: all of it, or the personal substitutes of the member the seat was first given to."""
    if term.model == "ranked":
        return tuple(sorted(term.substitutes, key=lambda one: one.rank))
    first = _seat(term, seat).first
    return tuple(sorted((one for one in term.substitutes if one.member == first), key=lambda one: one.rank))


def _passed(term: Term, wanted: FreeSeat, one: SubstituteMember) -> Passed | None:
    """Why somebody is passed over for a seat; None where she is not."""
    found = _of_the_list(term, wanted, one) or _of_what_was_told(term, wanted, one.id)
    return None if found is None else Passed(one.id, one.rank, *found)


def _of_the_list(term: Term, wanted: FreeSeat, one: SubstituteMember) -> tuple[Reason, date | None] | None:
    kind = _seat(term, wanted.seat).kind
    if term.model == "ranked" and kind not in {OPEN_SEAT, one.group}:
        return Reason.OTHER_GROUP, None
    for time in term.sittings:  # nobody enters twice, so there is one at most
        if time.candidate == one.id:
            return (Reason.LEFT, time.until_on) if time.ended_before(wanted.day) else (Reason.SITTING, time.from_on)
    if any(free.asked == one.id for free in term.free):
        return Reason.ASKED, None
    return None


def _of_what_was_told(term: Term, wanted: FreeSeat, candidate: str) -> tuple[Reason, date | None] | None:
    """The earliest thing told of her that counts here; one who declined and stays is asked again for a later seat."""
    counts = [
        told
        for told in term.told
        if told.candidate == candidate
        and not (told.reason is Reason.DECLINED and term.declined == "stays" and told.day < wanted.day)
    ]
    if not counts:
        return None
    first = min(counts, key=lambda told: told.day)
    return first.reason, first.day


def _held_back(term: Term, wanted: FreeSeat) -> OrderNeeded | EarlierFirst | None:
    """Whether another free seat comes first: one that was free before, or one that people put before it.

    Paired, no two seats want the same person.
    """
    waiting = [one for one in term.free if one.asked is None]
    before = tuple(one.seat for one in waiting if one.day < wanted.day and _compete(term, one, wanted))
    if before:
        return EarlierFirst(before)
    together = [one for one in waiting if one.day == wanted.day]
    if not _order_matters(term, together):
        return None
    turns = {one.seat: one.turn for one in together if one.turn is not None}
    if len(set(turns.values())) < len(together):
        return OrderNeeded(tuple(one.seat for one in together))
    ahead = tuple(seat for seat, turn in turns.items() if turn < turns[wanted.seat])
    return EarlierFirst(ahead) if ahead else None


def _compete(term: Term, one: FreeSeat, other: FreeSeat) -> bool:
    return bool(set(_ready(term, one)) & set(_ready(term, other)))


def _order_matters(term: Term, together: Sequence[FreeSeat]) -> bool:
    """Whether the order in which seats of one day are filled changes who sits on which kind of seat.

    Seats of one kind are alike, and groups do not meet. So it matters exactly where one of those whom the open seats
    would take first is among those whom the reserved seats of her group would take first.
    """
    kinds = Counter(_seat(term, one.seat).kind for one in together)
    by_kind = {_seat(term, one.seat).kind: _ready(term, one) for one in together}
    to_open = set(by_kind.get(OPEN_SEAT, ())[: kinds[OPEN_SEAT]])
    return any(to_open & set(ready[: kinds[kind]]) for kind, ready in by_kind.items() if kind != OPEN_SEAT)


def _ready(term: Term, free: FreeSeat) -> tuple[str, ...]:
    return tuple(one.id for one in _listed(term, free.seat) if _passed(term, free, one) is None)


def _seat(term: Term, number: int) -> Seat:
    return next(seat for seat in term.seats if seat.number == number)


def unexplained_too_often(excused: Iterable[bool], limit: int) -> bool:
    """Whether a member stayed away without a reason as often as ends her membership ([succession] absences; 0: none do).

    Køge's rules (forretningsorden § 2(4)) say two meetings, and neither that they follow one another nor in which time: here
    any of the term count, and two people decide with the days before them.
    """
    return limit > 0 and sum(not one for one in excused) >= limit
