"""A free seat takes no step out of turn, and is filled only by somebody who was approved and said yes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.vacancy import TWO_SIGN, Course, Progress, Step, course_of

P, A, Y = Step.PROPOSED, Step.APPROVED, Step.ACCEPTED


@pytest.mark.parametrize(
    ("steps", "progress"),
    [
        ((), Progress.OPEN),
        ((P,), Progress.PROPOSED),
        ((P, A), Progress.PROPOSED),
        ((P, Y), Progress.PROPOSED),
        ((P, A, Y), Progress.FILLED),
        ((P, Y, A), Progress.FILLED),
        ((P, *[Step.POSTPONED] * 3, A, Y), Progress.FILLED),
        ((P, Y, Step.POSTPONED, A), Progress.FILLED),
        ((P, A, Step.DECLINED), Progress.OPEN),
        ((P, Y, Step.REFUSED), Progress.OPEN),
        ((P, A, Step.UNABLE, P, A, Y), Progress.FILLED),
        ((P, Step.DECLINED, Step.LEFT_VACANT), Progress.VACANT),
        ((P, A, Step.WITHDRAWN), Progress.WITHDRAWN),
    ],
)
def test_where_a_seat_stands(steps, progress):
    """Approval and answer come in either order, and a meeting without a quorum puts it off as often as it happens."""
    assert course_of(steps).progress is progress


@pytest.mark.parametrize(
    "steps",
    [
        (A,),
        (P, P),
        (P, A, A),
        (P, A, Step.POSTPONED),
        (P, A, Step.REFUSED),
        (P, Step.LEFT_VACANT),
        (P, Y, Y),
        (P, A, Y, Step.DECLINED),
        (P, A, Y, Step.WITHDRAWN),
        (Step.LEFT_VACANT, P),
        (Step.WITHDRAWN, P),
        (Step.POSTPONED,),
    ],
)
def test_what_cannot_happen_is_refused(steps):
    """A step out of turn is an error of whoever asks for it."""
    with pytest.raises(ValueError, match="cannot follow"):
        course_of(steps)


@settings(deadline=None)
@given(st.data())
def test_an_approval_is_of_the_person_it_was_given_to(data):
    """However it goes, a seat is filled only where the one proposed last was approved and said yes after she was proposed."""
    course, steps = Course(), []
    for _ in range(data.draw(st.integers(0, 12))):
        if not course.may:
            break
        step = data.draw(st.sampled_from(sorted(course.may)))
        course = course.after(step)
        steps.append(step)
    assert course_of(steps) == course
    last = len(steps) - steps[::-1].index(P) if P in steps else len(steps)
    since = steps[last:]
    assert (course.progress is Progress.FILLED) == (A in since and Y in since and course.is_over)
    assert course.is_over == (not course.may)


def test_two_sign_for_all_that_decides_a_seat():
    """Only the note that a meeting put it off is one official's."""
    assert frozenset(Step) - TWO_SIGN == {Step.POSTPONED}
