"""An election that is lived through for its pictures, from the key ceremony to the deletion, by the services of a real one.

Each function is a stage; between two of them somebody takes pictures. People and numbers are invented, as at every rehearsal.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tally.audit.readings import Marks
from tally.paper_record import RecordFigures
from votingapp.demo import counting, crew, keys, nominating, people, polling, station
from votingapp.demo.outcomes import expect
from votingapp.demo.rules import rehearsal_rules
from votingapp.desks.audit import preparing, reading
from votingapp.desks.audit.steps import Taken
from votingapp.desks.count import dice, tallying
from votingapp.desks.paper import recording as papers
from votingapp.desks.poll import service as poll
from votingapp.store import ballot_paper, elections, sample_audits
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from votingapp.demo.crew import Crew
    from votingapp.demo.keys import KeyHolder
    from votingapp.demo.people import Person
    from votingapp.demo.schedule import RehearsalClock
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

SLUG: Final = "efter-valget"
HELD_ON: Final = date(2025, 11, 18)
THRESHOLD: Final = 2
VOTES: Final = (28, 25, 22, 20, 17, 3, 3, 1)
"""The sixth and the seventh are tied: a lot decides who of them is the first substitute."""

BLANK: Final = 3
THROWS: Final = "3641 5211 1654 3232 1654 1236"
WITNESSES: Final = ("Vera Vang", "Ismail Kaya")
AUDIT: Final = """
[audit]
paper_record = true
deposit = "before_cast"
counted = "sample"
risk_limit = 100
"""


@dataclass(slots=True)
class Lived:
    """How far the election has come: its people, its key and the papers in its box."""

    store: Store
    clock: RehearsalClock
    staff: Crew
    election: Election
    residents: tuple[Person, ...] = field(repr=False)
    holders: tuple[KeyHolder, ...] = field(default=(), repr=False)
    box: list[Marks] = field(default_factory=list, repr=False)

    @property
    def secretary(self) -> Staff:
        """Who founded it."""
        return self.staff.secretary

    @property
    def board(self) -> tuple[Staff, ...]:
        """The members of the valgbestyrelse."""
        return self.staff.holding(Role.BOARD)

    @property
    def pair(self) -> tuple[Staff, Staff]:
        """Two of them."""
        return self.board[0], self.board[1]

    @property
    def office_pair(self) -> tuple[Staff, Staff]:
        """The secretary, and a member of the board who confirms."""
        return self.secretary, self.board[0]

    def now(self) -> Election:
        """The election as it stands."""
        with self.store.reading() as connection:
            return elections.by_id(connection, self.election.id)

    def go_to(self, day: date, hour: int = 9) -> None:
        """Let it be that hour (UTC) of a day."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC))


def nominate(store: Store, clock: RehearsalClock, staff: Crew) -> Lived:
    """Found it, let people stand, and begin the key ceremony."""
    chance = random.Random(7)  # noqa: S311 - a rehearsal is repeatable
    residents = people.invent(chance, len(VOTES) + sum(VOTES) + BLANK, HELD_ON)
    rules = rehearsal_rules("Valg til Integrationsrådet i Køge", HELD_ON, 1) + AUDIT
    election = crew.found(store, staff, rules, SLUG)
    nominating.import_register(store, staff.secretary, election, residents)
    clock.move_to(election.rules.nomination.opens)
    for _one in nominating.nominate(store, election, residents[: len(VOTES)], chance):
        clock.advance(seconds=3600)
    clock.move_to(election.rules.nomination.cure_until + timedelta(hours=1))
    nominating.decide(store, staff.secretary, election)
    lived = Lived(store, clock, staff, election, residents)
    lived.holders = keys.begin(store, staff.secretary, election, lived.board, THRESHOLD)
    return lived


def make_key(lived: Lived) -> None:
    """The key stands; nobody has tried her sheet."""
    keys.make_key(lived.store, lived.election, lived.holders)


def vote(lived: Lived) -> None:
    """Try the sheets, freeze, open, let everybody vote with a paper printed, close, and count the papers."""
    store, election, board = lived.store, lived.election, lived.board
    for holder in lived.holders[:THRESHOLD]:
        keys.try_sheet(store, election, holder)
    choices = _choices()
    stack = polling.Stack()
    stack.print(store, board[0], election, len(choices) + 4)
    lived.clock.move_to(election.rules.election.opens_at - timedelta(minutes=30))
    expect(poll.freeze(store, board[0], election), poll.Frozen)
    keys.confirm_setup(store, election, lived.holders)
    station.supply(store, board, election, len(choices))
    lived.clock.move_to(election.rules.election.opens_at)
    station.open_poll(store, board, election)
    voters = lived.residents[len(VOTES) :]
    for _one in polling.vote(store, lived.staff.holding(Role.DESK), election, voters, choices, stack):
        lived.clock.advance(seconds=300)
    lived.clock.move_to(election.rules.election.closes_at)
    station.close_poll(store, board, election)
    _count_papers(lived, choices)


def _choices() -> tuple[tuple[int, ...], ...]:
    chosen = [place for place, votes in enumerate((BLANK, *VOTES)) for _one in range(votes)]
    random.Random(8).shuffle(chosen)  # noqa: S311
    return tuple(tuple(int(place == one) for place in range(len(VOTES) + 1)) for one in chosen)


def _count_papers(lived: Lived, choices: tuple[tuple[int, ...], ...]) -> None:
    with lived.store.reading() as connection:
        ids = [line.id for line in ballot_paper.lines(connection, lived.election.id)]
    lived.box = [Marks(frozenset() if one[0] else frozenset({ids[one.index(1) - 1]})) for one in choices]
    for member in lived.pair:
        found = papers.enter(lived.store, member, lived.now(), RecordFigures(len(choices), 0, 0))
    expect(found, papers.Agreed)
    expect(preparing.lay(lived.store, lived.pair, lived.now(), _batches(len(choices))), Taken)


def _batches(number: int) -> tuple[int, ...]:
    return (number // 2, number - number // 2)


def add_up(lived: Lived) -> None:
    """The sum is taken; no ballot is opened."""
    expect(tallying.compute_tally(lived.store, lived.board[0], lived.now()), tallying.Tallied)


def open_urn(lived: Lived) -> None:
    """Two holders open the sum, and the result is found."""
    counting.open_sum(lived.store, lived.now(), lived.holders[:THRESHOLD])


def announce_dice(lived: Lived) -> None:
    """Dice shall decide between the two who are tied."""
    among = counting.outcome_of(lived.store, lived.now()).allocation.lots_required[0].among
    expect(dice.announce(lived.store, lived.pair, lived.now(), among), dice.Announced)


def roll_dice(lived: Lived) -> None:
    """The throws are written down, and no lot is left."""
    held = (counting.PLACE, WITNESSES)
    expect(dice.enter_throws(lived.store, lived.pair, lived.now(), 1, (THROWS, THROWS), held), dice.LotEntered)


def announce_audit(lived: Lived) -> None:
    """What the seats stand on is announced, and dice say which papers are drawn."""
    store = lived.store
    expect(preparing.announce(store, lived.pair, lived.now(), 0, len(lived.box)), Taken)
    expect(preparing.roll(store, lived.pair, lived.now(), (THROWS, THROWS), WITNESSES), Taken)


def read_papers(lived: Lived, most: int = 10_000) -> None:
    """Two read the papers that were drawn until the sample ends, or so many of them."""
    for _one in range(most):
        with lived.store.reading() as connection:
            audit = expect(sample_audits.audit_of(connection, lived.election.id), sample_audits.Audit)
            waiting = reading.next_papers(connection, lived.board[0], lived.election, audit)
        if not waiting or not audit.is_drawing:
            return
        place = waiting[0].place
        paper = lived.box[sum(audit.batches[: place.batch - 1]) + place.number - 1]
        for member in lived.pair:
            expect(reading.read(lived.store, member, lived.now(), waiting[0].draw, paper), reading.Read)
