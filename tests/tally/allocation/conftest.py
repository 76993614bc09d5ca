"""Short ways to write down rules and counts, so that each test shows only what it is about."""

import pytest

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts
from tally.rules import CountingRules, ReservedSeats, SeatRules, SubstituteRules


@pytest.fixture(scope="session")
def rules():
    """Return a maker of counting rules; `reserved` maps group to seats."""

    def make(total, *, reserved=None, unfilled="vacant", model="ranked", per_member=2, minimum=0):
        seats = tuple(ReservedSeats(group, number) for group, number in (reserved or {}).items())
        return CountingRules(
            BallotRules(1, blank=True, order="alphabetical"),
            SeatRules(total, unfilled, seats),
            SubstituteRules(model, per_member, minimum),
        )

    return make


@pytest.fixture(scope="session")
def counts():
    """Return a maker of counts from words such as "a:12 b/vest:4" (id, group, votes; "-" for no vote held)."""

    def one(word):
        who, votes = word.split(":")
        person, _, group = who.partition("/")
        return CandidateCount(person, f"Navn {person}", group or None, None if votes == "-" else int(votes))

    def make(words):
        return Counts(tuple(one(word) for word in words.split()), 0, 0)

    return make
