"""The account of slips comes out, or every difference is named with both figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.slips import Difference, DifferenceCode, SlipAccount, reconcile

COUNT = st.integers(0, 500)


@given(COUNT, COUNT, COUNT, COUNT, COUNT, st.data())
def test_a_day_that_happened_comes_out(admitted, exchanged, returned, extra, idle, data):
    """However many were admitted, exchanged, returned or kept their slip, an honest day has no difference."""
    issued = admitted + exchanged
    returned = min(returned, admitted)
    ballots = data.draw(st.integers(0, admitted - returned))
    printed = issued + extra
    account = SlipAccount(printed, issued, admitted, ballots, exchanged, returned, left_over=extra)
    assert reconcile(account) == ()
    assert account.left == extra
    assert account.not_cast == admitted - returned - ballots


def test_a_ballot_too_many_is_named():
    """One ballot above the slips in use is a difference, and equality is not."""
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=100)) == ()
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=101)) == (
        Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, expected=100, found=101),
    )


def test_exchanged_and_returned_slips_cannot_be_cast():
    """A slip given back leaves room for one ballot less."""
    account = SlipAccount(printed=300, issued=102, admitted=100, ballots=100, exchanged=2, returned=1)
    assert account.usable == 99
    assert reconcile(account) == (Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, expected=99, found=100),)
    assert account.not_cast == 0


def test_more_issued_than_printed_is_named():
    """One slip issued that was never printed is a difference, and the last printed one is not."""
    assert reconcile(SlipAccount(printed=100, issued=100, admitted=100, ballots=0)) == ()
    account = SlipAccount(printed=99, issued=100, admitted=100, ballots=0)
    assert reconcile(account) == (Difference(DifferenceCode.ISSUED_MORE_THAN_PRINTED, expected=99, found=100),)
    assert account.left == 0


@pytest.mark.parametrize("admitted", [99, 101])
def test_slips_issued_and_voters_admitted_agree(admitted):
    """A slip without an admission is named, and an admission without a slip too."""
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=admitted, ballots=90)) == (
        Difference(DifferenceCode.ISSUED_NOT_AS_ADMITTED, expected=admitted, found=100),
    )


@pytest.mark.parametrize("left_over", [199, 201, 0])
def test_the_box_is_counted(left_over):
    """A slip missing from the box, or one too many, is named; before the count nothing is said."""
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=90, left_over=left_over)) == (
        Difference(DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, expected=200, found=left_over),
    )
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=90)) == ()


@given(COUNT, COUNT, COUNT, COUNT)
def test_no_difference_means_urn_within_issued_within_printed(printed, issued, admitted, ballots):
    """Where no difference is named, ballots are at most issued and issued at most printed."""
    if not reconcile(SlipAccount(printed, issued, admitted, ballots)):
        assert ballots <= issued <= printed
        assert issued == admitted


@pytest.mark.parametrize("name", ["printed", "issued", "admitted", "ballots", "exchanged", "returned", "left_over"])
def test_no_count_is_negative(name):
    """A negative count is an error of the caller and names the field."""
    counts = {"printed": 1, "issued": 1, "admitted": 1, "ballots": 1, name: -1}
    with pytest.raises(ValueError, match=name):
        SlipAccount(**counts)


def test_an_unused_election_comes_out():
    """All counts at zero are in order."""
    assert reconcile(SlipAccount(0, 0, 0, 0, left_over=0)) == ()
