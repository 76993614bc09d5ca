"""A council through its term, as the tests live it: who leaves, each step of a case, and who sits on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from elected_council import acclaim, elect

from tally.tenure import holder
from tally.vacancy import Cause
from votingapp.desks.members import leaving, missing, stepping, substituting
from votingapp.desks.members.leaving import Leaving, Left
from votingapp.desks.members.stepping import Wished
from votingapp.store import audit, tenures, vacancies

VOTES = (90, 80, 70, 60, 50, 30, 20, 10)


class Council:
    """An elected council of five with three substitutes, and two officials of the secretariat and the board."""

    def __init__(self, store, election, clock, votes=VOTES, **more):
        self.store, self.clock = store, clock
        self.board = elect(store, election, votes, **more) if votes else acclaim(store, election, 3)
        self.election = self.board.now()
        self.two = (self.board.secretary, self.board.chair)
        self.go_to(date(2022, 3, 1))

    def go_to(self, day: date) -> None:
        self.clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    @property
    def today(self) -> date:
        return self.clock().date()

    def leave(self, number, cause=Cause.RESIGNED, left_on=None, evidence="Brev"):
        return leaving.leave(
            self.store, self.election, number, Leaving(cause, left_on or self.today, evidence), self.two
        )

    def free(self, number, cause=Cause.RESIGNED, left_on=None) -> str:
        left = self.leave(number, cause, left_on)
        assert isinstance(left, Left), left
        return left.vacancy_id

    def case(self, vacancy_id):
        with self.store.reading() as connection:
            return vacancies.find(connection, self.election.id, vacancy_id)

    def step(self, vacancy_id, step, day=None, words="", enters_on=None, seen=None):
        seen = len(self.case(vacancy_id).steps) if seen is None else seen
        wished = Wished(step, day or self.today, words, seen, enters_on)
        return stepping.take_step(self.store, self.election, vacancy_id, wished, self.two)

    def note(self, candidate, reason, day=None):
        return substituting.note_substitute(
            self.store, self.election, candidate, reason, day or self.today, "Brev", self.two
        )

    def miss(self, number, met_on, *, excused=False):
        return missing.note_absence(
            self.store, self.two[0], self.election, number, met_on, "Ringede ikke", excused=excused
        )

    def sits(self, number, day=None):
        with self.store.reading() as connection:
            found = holder(tenures.sittings(connection, self.election.id), number, day or self.today)
        return None if found is None else found.candidate

    def said(self, vacancy_id):
        with self.store.reading() as connection:
            return vacancies.said_at(connection, self.store.vault, self.election.id, vacancy_id)

    def log(self):
        with self.store.reading() as connection:
            return list(audit.entries(connection, self.election.id))
