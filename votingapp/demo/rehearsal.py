"""A whole election from founding to record, stage by stage, each through the services that serve a real one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, Literal

from votingapp.demo import counting, crew, keys, nominating, ordering, people, polling, recording, station
from votingapp.demo.choices import choose, summed
from votingapp.demo.outcomes import expect
from votingapp.demo.rules import rehearsal_rules
from votingapp.desks.poll import service as poll
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from votingapp.demo.crew import Crew
    from votingapp.demo.keys import KeyHolder
    from votingapp.demo.people import Person
    from votingapp.demo.polling import Stack
    from votingapp.demo.schedule import RehearsalClock
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

    Show = Callable[[str, Iterable[None], int], None]

THRESHOLD: Final = 2
SPARE_SLIPS: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rehearsed; the same plan gives the same people and the same choices."""

    name: str
    slug: str
    election_day: date
    voters: int
    candidates: int
    votes_per_voter: int
    seed: int
    frozen_at: datetime | None = None
    """When the poll is frozen and opened; half an hour before its hour and at its hour, when nothing is said."""
    order: Literal["alphabetical", "lot"] = "alphabetical"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An election whose poll is open, the box of slips, and the members who hold its key."""

    election: Election
    stack: Stack = field(repr=False)
    holders: tuple[KeyHolder, ...] = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)


def prepare(store: Store, clock: RehearsalClock, staff: Crew, plan: Plan, show: Show) -> Prepared:
    """Found the election and bring it to an open poll."""
    random = Random(plan.seed)  # noqa: S311 - a rehearsal is repeatable; nothing secret comes from it
    rules_text = rehearsal_rules(plan.name, plan.election_day, plan.votes_per_voter, plan.order)
    residents = people.invent(random, plan.voters + plan.candidates, plan.election_day)
    election = crew.found(store, staff, rules_text, plan.slug)
    nominating.import_register(store, staff.secretary, election, residents)
    clock.move_to(election.rules.nomination.opens)
    candidates = residents[: plan.candidates]
    standing = nominating.nominate(store, election, candidates, random)
    show("nominations", _in_turn(clock, standing, timedelta(days=20), plan.candidates), plan.candidates)
    clock.move_to(election.rules.nomination.cure_until + timedelta(hours=1))
    nominating.decide(store, staff.secretary, election)
    board, stack = staff.holding(Role.BOARD), polling.Stack()
    ordering.draw_order(store, clock, (staff.secretary, board[0]), election, random)
    holders: list[KeyHolder] = []
    show(
        "key ceremony",
        _once(lambda: holders.extend(keys.hold_ceremony(store, staff.secretary, election, board, THRESHOLD))),
        1,
    )
    show("slips", _once(lambda: stack.print(store, board[0], election, plan.voters + SPARE_SLIPS)), 1)
    opens_at = election.rules.election.opens_at
    clock.move_to(plan.frozen_at or opens_at - timedelta(minutes=30))
    expect(poll.freeze(store, board[0], election), poll.Frozen)
    keys.confirm_setup(store, election, tuple(holders))
    station.supply(store, board, election, plan.voters)
    clock.move_to(plan.frozen_at or opens_at)
    station.open_poll(store, board, election)
    return Prepared(election, stack, tuple(holders), residents)


def hold(
    store: Store, clock: RehearsalClock, staff: Crew, plan: Plan, prepared: Prepared, show: Show
) -> tuple[int, ...]:
    """Vote, close, count, draw lots, put it on record; answer the plain sums of what was cast, blank first, then by number."""
    random = Random(plan.seed + 1)  # noqa: S311 - the choices are repeatable and known; keys and ballots are not
    election, holders = prepared.election, prepared.holders
    choices = choose(random, plan.voters, plan.candidates, plan.votes_per_voter)
    voters = prepared.people[plan.candidates :]
    ballots = polling.vote(store, staff.holding(Role.DESK), election, voters, choices, prepared.stack)
    show("ballots", _in_turn(clock, ballots, timedelta(hours=11), plan.voters), plan.voters)
    clock.move_to(election.rules.election.closes_at)
    station.close_poll(store, staff.holding(Role.BOARD), election)
    show("count", _once(lambda: counting.count(store, election, holders[:THRESHOLD])), 1)
    counting.draw_lots(store, election, (holders[0], holders[1]), random)
    recording.put_on_record(store, election, holders)
    return summed(choices)


def _in_turn(clock: RehearsalClock, steps: Iterable[None], span: timedelta, number: int) -> Iterator[None]:
    """Let the steps happen one after the other within a span of time."""
    for _ in steps:
        clock.advance(seconds=int(span.total_seconds()) // number)
        yield


def _once(act: Callable[[], None]) -> Iterator[None]:
    act()
    yield
