"""The account of slips comes out, or every difference is named with both figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.slips import (
    DeskAccount,
    Difference,
    DifferenceCode,
    SlipAccount,
    left_over,
    reconcile,
    reconcile_all,
    reconcile_desk,
)

COUNT = st.integers(0, 500)


@given(COUNT, COUNT, COUNT, COUNT, COUNT, st.data())
def test_a_day_that_happened_comes_out(admitted, exchanged, returned, void, extra, data):
    """However many were admitted, exchanged, returned, made void or kept their slip, an honest day has no difference."""
    returned = min(returned, admitted)
    ballots = data.draw(st.integers(0, admitted - returned))
    printed = admitted + exchanged + void + extra
    account = SlipAccount(printed, admitted, admitted, ballots, exchanged, returned, void, left_over=extra)
    assert reconcile(account) == ()
    assert account.left == extra
    assert account.not_cast == admitted - returned - ballots


def test_a_ballot_too_many_is_named():
    """One ballot above the slips in use is a difference, and equality is not."""
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=100)) == ()
    assert reconcile(SlipAccount(printed=300, issued=100, admitted=100, ballots=101)) == (
        Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, expected=100, found=101),
    )


def test_returned_slips_cannot_be_cast_and_exchanged_ones_leave_no_more_room():
    """A slip given back for good leaves room for one ballot less; one exchanged leaves as much as before."""
    account = SlipAccount(printed=300, issued=100, admitted=100, ballots=100, exchanged=2, returned=1)
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


@pytest.mark.parametrize(
    "name", ["printed", "issued", "admitted", "ballots", "exchanged", "returned", "void", "left_over"]
)
def test_no_count_is_negative(name):
    """A negative count is an error of the caller and names the field."""
    counts = {"printed": 1, "issued": 1, "admitted": 1, "ballots": 1, name: -1}
    with pytest.raises(ValueError, match=name):
        SlipAccount(**counts)


def test_an_unused_election_comes_out():
    """All counts at zero are in order."""
    assert reconcile(SlipAccount(0, 0, 0, 0, left_over=0)) == ()


def test_what_may_not_be_known_yet_is_no_difference():
    """Before the close nobody knows the ballots: the account says nothing of them."""
    account = SlipAccount(printed=300, issued=100, admitted=100, ballots=None)
    assert reconcile(account) == ()
    assert account.not_cast is None


@given(COUNT, COUNT, COUNT, COUNT, COUNT)
def test_a_desks_box_holds_what_came_less_what_went(issued, exchanged, void, given_back, left):
    """A box that holds what the account expects has no difference, and one slip more or less is named with the desk."""
    received = issued + exchanged + void + given_back + left
    account = DeskAccount("Bord 1", received, issued, exchanged, void, given_back, counted=left)
    assert reconcile_desk(account) == ()
    assert reconcile_desk(DeskAccount("Bord 1", received, issued, exchanged, void, given_back)) == ()
    more = DeskAccount("Bord 1", received, issued, exchanged, void, given_back, counted=left + 1)
    assert reconcile_desk(more) == (Difference(DifferenceCode.DESK_NOT_AS_COUNTED, left, left + 1, "Bord 1"),)


def test_a_desk_that_handed_out_more_than_it_had_is_told():
    """A desk whose account is below nothing still has a difference, not an error."""
    account = DeskAccount("Bord 1", received=2, issued=3, counted=0)
    assert reconcile_desk(account) == (Difference(DifferenceCode.DESK_NOT_AS_COUNTED, -1, 0, "Bord 1"),)


def box(desk: str = "Bord 1", **counts) -> DeskAccount:
    return DeskAccount(desk, **({"received": 100, "issued": 40} | counts))


def test_a_count_is_held_against_what_was_due_then():
    """More slips are drawn after a count: it is compared with the moment it was made, and negative dues are figures too."""
    assert reconcile_desk(box(counted=80, due=80)) == ()
    assert reconcile_desk(box(counted=79, due=80)) == (
        Difference(DifferenceCode.DESK_NOT_AS_COUNTED, expected=80, found=79, desk="Bord 1"),
    )
    assert reconcile_desk(box(received=0, counted=0, due=-40)) == (
        Difference(DifferenceCode.DESK_NOT_AS_COUNTED, expected=-40, found=0, desk="Bord 1"),
    )


def test_the_envelope_holds_what_was_exchanged_returned_and_void():
    """One too few or too many in it is a difference of its own, held against the moment of the count."""
    whole = box(exchanged=3, returned=2, void=1, counted=56, due=56)
    assert (whole.spoiled, whole.is_counted, reconcile_desk(whole)) == (6, False, ())
    for found in (5, 7):
        wrong = box(exchanged=3, returned=2, void=1, spoiled_counted=found)
        assert reconcile_desk(wrong) == (Difference(DifferenceCode.SPOILED_NOT_AS_COUNTED, 6, found, "Bord 1"),)
    sealed = box(exchanged=3, returned=2, void=1, counted=56, due=56, spoiled_counted=6, spoiled_due=6)
    assert (sealed.is_counted, reconcile_desk(sealed)) == (True, ())
    older = box(exchanged=4, returned=2, void=1, counted=55, due=55, spoiled_counted=6, spoiled_due=6)
    assert (older.is_counted, reconcile_desk(older)) == (False, ())
    assert box(counted=60, due=60).is_counted, "an envelope in which nothing should lie need not be counted"


def test_an_envelope_says_nothing_of_what_is_left_over():
    """A slip missing from the envelope is told beside the slips that are missing from the box, and in place of none."""
    whole = SlipAccount(printed=100, issued=40, admitted=40, exchanged=1, ballots=None, left_over=58)
    short = box(exchanged=1, counted=58, due=59, spoiled_counted=0, spoiled_due=1)
    assert reconcile_all(whole, [short]) == reconcile_desk(short)
    assert [one.code for one in reconcile_desk(short)] == [
        DifferenceCode.DESK_NOT_AS_COUNTED,
        DifferenceCode.SPOILED_NOT_AS_COUNTED,
    ]


def test_what_is_left_over_is_known_when_every_box_is_counted_since_its_last_movement():
    """A box counted earlier must be counted again, one that holds nothing by the account need not be."""
    fresh, old, empty = box(counted=60, due=60), box(counted=80, due=80), box(received=40)
    assert (fresh.left_over, old.left_over, empty.left_over, box().left_over) == (60, None, 0, None)
    assert left_over([fresh, empty]) == 60
    assert left_over([fresh, old]) is None
    assert left_over([]) == 0
    assert box(counted=58, due=60).left_over == 58


def test_a_slip_missing_from_a_box_is_named_once():
    """What the boxes tell is not told again by the whole; what they do not tell is."""
    whole = SlipAccount(printed=100, issued=40, admitted=40, ballots=None, left_over=59)
    short = box(counted=59, due=60)
    assert reconcile_all(whole, [short]) == reconcile_desk(short)
    assert reconcile_all(whole, [box(counted=59, due=59)]) == reconcile(whole)


@given(st.lists(st.tuples(COUNT, st.integers(-3, 3)), max_size=4), COUNT)
def test_boxes_and_whole_agree(boxes, admitted):
    """However many lie in the boxes and are missing, every difference is named in a box and none in the whole."""
    counted = [
        DeskAccount(f"Bord {place}", received=due, issued=0, counted=max(0, due + off), due=due)
        for place, (due, off) in enumerate(boxes)
    ]
    printed = admitted + sum(due for due, _off in boxes)
    whole = SlipAccount(printed, admitted, admitted, ballots=None, left_over=left_over(counted))
    found = reconcile_all(whole, counted)
    assert {difference.code for difference in found} <= {DifferenceCode.DESK_NOT_AS_COUNTED}
    assert sum(one.found - one.expected for one in found) == (whole.left_over or 0) - (printed - admitted)
