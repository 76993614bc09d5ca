"""A person is admitted once, for stated reasons, and every refusal says which one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.admission import (
    Admissible,
    Admitted,
    AlreadyAdmitted,
    DeskFacts,
    NeedsDeclaration,
    NoSlipsLeft,
    NotOnRoll,
    NotResident,
    PollClosed,
    PollNotOpen,
    TooYoung,
    VoterFacts,
    may_admit,
    refuse_person,
)
from ballots.poll import PollState
from ballots.rules import AdmissionRules

VOTER = VoterFacts(date(1962, 12, 10), "0259")
OPEN = DeskFacts(PollState.OPEN, slips_left=1)
EARLIER = Admitted(datetime(2021, 11, 23, 16, 5, tzinfo=UTC), "Bord 2")


@pytest.fixture(scope="session")
def closed_roll(koege):
    """The same rules on a closed roll."""
    return replace(koege, admission=AdmissionRules("closed"))


def test_an_open_roll_asks_for_the_declaration_first(koege):
    """On an open roll the person declares, in the words the rules name, and is then admissible."""
    asked = may_admit(VOTER, koege, OPEN, declared=False)
    assert asked == NeedsDeclaration(koege.eligibility.declaration)
    assert may_admit(VOTER, koege, OPEN, declared=True) == Admissible()


def test_rules_without_declaration_ask_for_none(koege):
    """Where the rule set has no declaration, residence and age are enough."""
    rules = replace(koege, eligibility=replace(koege.eligibility, declaration=""))
    assert may_admit(VOTER, rules, OPEN, declared=False) == Admissible()


def test_a_closed_roll_asks_for_no_declaration(closed_roll):
    """Who is on a closed roll is entitled already."""
    assert may_admit(VOTER, closed_roll, OPEN, declared=False) == Admissible()


def test_a_closed_roll_admits_nobody_else(closed_roll):
    """Who is not on a closed roll is not admitted, declared and resident or not."""
    assert may_admit(replace(VOTER, on_roll=False), closed_roll, OPEN, declared=True) == NotOnRoll()
    assert may_admit(None, closed_roll, OPEN, declared=True) == NotOnRoll()


def test_an_open_roll_admits_what_a_supervisor_documents(koege):
    """Who is not found is told so; once papers give the facts, an open roll judges by those."""
    assert may_admit(None, koege, OPEN, declared=True) == NotOnRoll()
    assert may_admit(replace(VOTER, on_roll=False), koege, OPEN, declared=True) == Admissible()


@pytest.mark.parametrize("born", [date(2003, 11, 22), date(2003, 11, 23)])
def test_eighteen_on_election_day_votes(koege, born):
    """An 18th birthday on election day is in time."""
    assert may_admit(replace(VOTER, birth_date=born), koege, OPEN, declared=True) == Admissible()


def test_eighteen_the_day_after_does_not(koege):
    """An 18th birthday on the day after is told with both dates."""
    born = date(2003, 11, 24)
    answer = may_admit(replace(VOTER, birth_date=born), koege, OPEN, declared=True)
    assert answer == TooYoung(born, date(2021, 11, 24))


def test_residence_is_the_code_alone(koege):
    """Another municipality's code is refused and named; without the rule it does not matter."""
    elsewhere = replace(VOTER, municipality_code="0253")
    assert may_admit(elsewhere, koege, OPEN, declared=True) == NotResident("0253")
    rules = replace(koege, eligibility=replace(koege.eligibility, residence=False))
    assert may_admit(elsewhere, rules, OPEN, declared=True) == Admissible()


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (PollState.PREPARING, PollNotOpen()),
        (PollState.FROZEN, PollNotOpen()),
        (PollState.CLOSED, PollClosed()),
    ],
)
def test_only_an_open_poll_admits(koege, state, answer):
    """Before the opening and after the close nobody is admitted, and is told which."""
    assert may_admit(VOTER, koege, DeskFacts(state, 10), declared=True) == answer
    assert may_admit(None, koege, DeskFacts(state, 10), declared=True) == answer


@pytest.mark.parametrize(("slips_left", "answer"), [(1, Admissible()), (0, NoSlipsLeft())])
def test_the_last_slip(koege, slips_left, answer):
    """The last slip admits one person, and then there is none."""
    assert may_admit(VOTER, koege, DeskFacts(PollState.OPEN, slips_left), declared=True) == answer


def test_nobody_declares_in_vain(koege):
    """Without slips the declaration is not asked for, since it would be taken for nothing."""
    assert may_admit(VOTER, koege, DeskFacts(PollState.OPEN, 0), declared=False) == NoSlipsLeft()


@pytest.mark.parametrize("slips_left", [0, 5])
@pytest.mark.parametrize("declared", [True, False])
def test_a_second_visit_is_told_when_and_where(koege, slips_left, declared):
    """Who was admitted before is told the time and desk, whatever else would apply."""
    desk = DeskFacts(PollState.OPEN, slips_left)
    answer = may_admit(VOTER, koege, desk, declared=declared, earlier=EARLIER)
    assert answer == AlreadyAdmitted(EARLIER.at, EARLIER.desk)


@given(
    st.none()
    | st.builds(
        VoterFacts, st.dates(date(1999, 1, 1), date(2008, 1, 1)), st.sampled_from(["0259", "0253"]), st.booleans()
    ),
    st.builds(DeskFacts, st.sampled_from(list(PollState)), st.integers(-1, 2)),
    st.booleans(),
    st.sampled_from([None, EARLIER]),
    st.sampled_from(["open", "closed"]),
)
def test_admission_needs_everything_at_once(koege, voter, desk, declared, earlier, roll):
    """A person is admissible exactly if the poll, the first visit, the person, the slips and the declaration all allow it."""
    rules = replace(koege, admission=AdmissionRules(roll))
    everything = (
        desk.poll is PollState.OPEN
        and earlier is None
        and voter is not None
        and refuse_person(voter, rules) is None
        and desk.slips_left > 0
        and (declared or roll == "closed")
    )
    assert (may_admit(voter, rules, desk, declared=declared, earlier=earlier) == Admissible()) is everything
