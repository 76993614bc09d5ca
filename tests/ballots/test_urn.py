"""The urn takes a ballot once, for a known slip, while the poll is open and slips are out."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.urn import CHALLENGES_PER_SLIP, Arrival, UrnAnswer, UrnState, receive, receive_challenge

FRESH = Arrival(
    state=UrnState.OPEN,
    ballot_hash="aa",
    credential_known=True,
    void=False,
    spent_by=None,
    ballots_in_urn=0,
    slips_issued=1,
)

ARRIVALS = st.builds(
    Arrival,
    state=st.sampled_from(list(UrnState)),
    ballot_hash=st.sampled_from(["aa", "bb"]),
    credential_known=st.booleans(),
    void=st.booleans(),
    spent_by=st.sampled_from([None, "aa", "bb"]),
    ballots_in_urn=st.integers(0, 3),
    slips_issued=st.integers(0, 3),
    challenged=st.booleans(),
)


def test_a_first_ballot_is_accepted():
    """The first ballot of an issued slip goes into the urn."""
    assert receive(FRESH) is UrnAnswer.ACCEPT


@pytest.mark.parametrize(("ballots", "answer"), [(2, UrnAnswer.ACCEPT), (3, UrnAnswer.FULL), (4, UrnAnswer.FULL)])
def test_never_more_ballots_than_slips_issued(ballots, answer):
    """The last slip issued is taken, and the ballot after that is not."""
    assert receive(replace(FRESH, ballots_in_urn=ballots, slips_issued=3)) is answer


def test_no_slip_issued_means_no_ballot():
    """Before the first slip is out, no credential opens the urn."""
    assert receive(replace(FRESH, slips_issued=0)) is UrnAnswer.FULL


@pytest.mark.parametrize("state", list(UrnState))
@pytest.mark.parametrize("ballots", [1, 5])
def test_the_same_ballot_again_is_already_there(state, ballots):
    """A resend is told that its ballot lies in the urn, also when the urn is full or just closed."""
    resend = replace(FRESH, state=state, spent_by="aa", ballots_in_urn=ballots)
    assert receive(resend) is UrnAnswer.ALREADY_THERE


@pytest.mark.parametrize("state", list(UrnState))
@pytest.mark.parametrize("spent_by", [None, "bb"])
def test_an_opened_ballot_is_told_so_at_both_doors(state, spent_by):
    """It is never cast, and challenging it again is no other challenge, whatever the urn, the slip or the poll say."""
    opened = replace(FRESH, state=state, challenged=True, spent_by=spent_by)
    assert receive(opened) is receive_challenge(opened, 10**6) is UrnAnswer.CHALLENGED


@given(ARRIVALS, st.integers(0, 40))
def test_a_challenge_is_judged_as_a_cast(arrival, challenges):
    """The same answer, but where there were as many challenges as are kept: ten for each slip handed out."""
    answer, cast = receive_challenge(arrival, challenges), receive(arrival)
    is_enough = challenges >= CHALLENGES_PER_SLIP * arrival.slips_issued
    assert answer is (UrnAnswer.EXHAUSTED if cast is UrnAnswer.ACCEPT and is_enough else cast)


def test_another_ballot_on_the_same_slip_is_spent():
    """A second, different ballot of one slip is refused as spent, not as full."""
    assert receive(replace(FRESH, spent_by="bb", ballots_in_urn=1)) is UrnAnswer.SPENT


def test_a_slip_given_back_is_void():
    """A slip that was exchanged or returned at the desk opens the urn no more; one that was cast before is spent."""
    assert receive(replace(FRESH, void=True)) is UrnAnswer.VOID
    assert receive(replace(FRESH, void=True, spent_by="bb")) is UrnAnswer.SPENT


def test_an_unknown_credential_is_told_so_even_when_the_urn_is_full():
    """A slip of another election is unknown, which helps the voter more than that the urn is full."""
    assert receive(replace(FRESH, credential_known=False, slips_issued=0)) is UrnAnswer.UNKNOWN


@pytest.mark.parametrize(
    ("state", "answer"), [(UrnState.NOT_OPEN, UrnAnswer.NOT_OPEN), (UrnState.CLOSED, UrnAnswer.CLOSED)]
)
@pytest.mark.parametrize("known", [True, False])
def test_outside_the_poll_nothing_is_said_about_the_slip(state, answer, known):
    """Before and after the poll every new ballot gets the same answer, known slip or not."""
    assert receive(replace(FRESH, state=state, credential_known=known)) is answer


@given(ARRIVALS)
def test_acceptance_needs_everything_at_once(arrival):
    """A ballot is accepted exactly if the poll is open, slip known and unspent, ballot unopened, urn below the slips issued."""
    everything = (
        arrival.state is UrnState.OPEN
        and arrival.credential_known
        and not arrival.void
        and not arrival.challenged
        and arrival.spent_by is None
        and arrival.ballots_in_urn < arrival.slips_issued
    )
    assert (receive(arrival) is UrnAnswer.ACCEPT) is everything


@given(st.lists(st.tuples(st.sampled_from("stuv"), st.sampled_from("abcd"), st.booleans()), max_size=40))
def test_a_whole_day_at_the_urn(day):
    """Whatever arrives, each slip counts once, the urn stays within the slips issued and every ballot taken stays."""
    urn: dict[str, str] = {}
    issued = 0
    for slip, ballot, issue in day:
        issued += issue
        ballot_hash = f"{slip}{ballot}"
        before = dict(urn)
        answer = receive(Arrival(UrnState.OPEN, ballot_hash, slip != "v", slip == "u", urn.get(slip), len(urn), issued))
        if answer is UrnAnswer.ACCEPT:
            urn[slip] = ballot_hash
        assert before.items() <= urn.items()
        assert len(urn) <= issued
        assert "v" not in urn
        assert "u" not in urn
        assert (answer is UrnAnswer.ALREADY_THERE) == (before.get(slip) == ballot_hash)


def test_an_arrival_says_nothing_about_who_or_when():
    """The decision is made without voter, time, tablet or language."""
    assert {field.name for field in fields(Arrival)} == {
        "state",
        "ballot_hash",
        "credential_known",
        "void",
        "spent_by",
        "ballots_in_urn",
        "slips_issued",
        "challenged",
    }
