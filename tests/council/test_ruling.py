"""What the byråd ruled is entered of each person by two, and an early ruling is entered by two who know that it is early."""

import json
import threading
from dataclasses import replace
from datetime import date

import pytest
from councils import MEETING, NAMES, OTHERS, compose, council, hold_no_vote, rule

from tally.council import Answer, Early
from votingapp.desks.council import ruling
from votingapp.desks.council.standing import Stand
from votingapp.store import audit, rulings, seats

ALL = {1: Answer.APPROVED, 2: Answer.RETURNED, 3: Answer.NOT_APPOINTED, 6: Answer.APPROVED}


@pytest.fixture
def seated(any_store, board):
    """A council put together: three elected without a vote, one appointed, one of the byråd, three seats vacant."""
    made = board(any_store)
    hold_no_vote(made, *NAMES)
    compose(made, *OTHERS)
    return made


def stands(seated):
    return {line.place.number: line.stand for line in council(seated).lines}


def test_each_person_has_an_answer_and_who_is_appointed_sits(seated):
    """Every answer must be kept with meeting and minutes, and a tenure must begin for the appointed alone, by her ballot number."""
    assert rule(seated, ALL) == ruling.Entered(appointed=2)
    assert stands(seated) == {
        1: Stand.SITTING, 2: Stand.RETURNED, 3: Stand.NOT_APPOINTED, 4: Stand.VACANT, 5: Stand.VACANT,
        6: Stand.SITTING, 7: Stand.VACANT, 8: Stand.WAITING,
    }  # fmt: skip
    with seated.store.reading() as connection:
        sitting = {one.candidate: one for one in seats.tenures(connection, seated.election.id)}
        kept = {one.name: one for one in rulings.every(connection, seated.election.id)}
        of_candidates = rulings.of_candidates(connection, seated.election.id)
    assert set(sitting) == {"c1", None}
    assert {one.from_on for one in sitting.values()} == {date(2022, 1, 1)}
    assert sitting[None].name == "Fatma Fadel"
    assert kept["Fatma Fadel"].candidate is None
    assert {one.meeting for one in kept.values()} == {MEETING}
    assert of_candidates == {"c1": Answer.APPROVED, "c2": Answer.RETURNED, "c3": Answer.NOT_APPOINTED}


def test_two_stand_in_the_log_and_no_name_of_who_was_ruled_of(seated):
    """The entry must name both officials and seats, and neither the minutes' words nor people; one alone enters nothing."""
    rule(seated, ALL)
    with seated.store.reading() as connection:
        entry = audit.last(connection, seated.election.id, "council_ruled")
    told = json.loads(entry.details)
    assert (entry.actor, told["second"]) == (seated.secretary.login, seated.chair.login)
    assert told["answers"][1] == {"seat": 2, "candidate": "c2", "answer": "returned"}
    assert not any(word in entry.details for word in (*NAMES, "Fatma", MEETING.words))
    with pytest.raises(ValueError, match="two"):
        ruling.enter(seated.store, (seated.chair, seated.chair), seated.now(), "", MEETING, ALL)


def test_who_was_returned_or_not_appointed_can_be_ruled_of_again_and_who_sits_cannot(seated):
    """The newest answer must count; a second answer about a member, and one about a vacant seat, must be refused."""
    rule(seated, ALL)
    later = replace(MEETING, met_on=date(2021, 12, 15))
    assert rule(seated, {2: Answer.APPROVED, 3: Answer.RETURNED}, later) == ruling.Entered(1)
    assert (stands(seated)[2], stands(seated)[3]) == (Stand.SITTING, Stand.RETURNED)
    for number in (1, 2, 4, 7, 99):
        assert rule(seated, {number: Answer.APPROVED}, later) == ruling.Changed()
    with seated.store.reading() as connection:
        assert len(seats.tenures(connection, seated.election.id)) == 3
        assert len(rulings.every(connection, seated.election.id)) == 6


def test_a_member_appointed_late_sits_from_the_meeting(seated):
    """Where the byråd meets in the term, nobody may have sat before it met."""
    seated.store.clock.advance(days=60)
    assert rule(seated, {1: Answer.APPROVED}, replace(MEETING, met_on=date(2022, 1, 25))) == ruling.Entered(1)
    with seated.store.reading() as connection:
        (only,) = seats.tenures(connection, seated.election.id)
    assert only.from_on == date(2022, 1, 25)


@pytest.mark.parametrize("day", [date(2021, 11, 19), date(2021, 12, 16)])
def test_a_meeting_before_the_result_or_in_the_future_is_refused(store, board, day):
    """The byråd cannot have ruled before it was known who is elected, nor tomorrow."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made, *OTHERS)
    assert rule(made, ALL, replace(MEETING, met_on=day)) == ruling.BadDay()
    assert rule(made, ALL, replace(MEETING, met_on=date(2021, 12, 15))) == ruling.Entered(2)


def test_an_early_ruling_is_entered_by_two_who_know_it(store, board):
    """Record unsigned and complaints still in time: each must be accepted, and the log must say which were."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made, *OTHERS)
    early = replace(MEETING, met_on=date(2021, 11, 30))
    both = (Early.RECORD_UNSIGNED, Early.COMPLAINTS_RUNNING)
    assert rule(made, ALL, early, accepted=()) == ruling.MustAccept(both)
    assert rule(made, ALL, early, accepted=(Early.RECORD_UNSIGNED,)) == ruling.MustAccept(both)
    assert stands(made)[1] is Stand.WAITING
    assert rule(made, ALL, early, accepted=both) == ruling.Entered(2)
    with store.reading() as connection:
        entry = audit.last(connection, made.election.id, "council_ruled")
    assert json.loads(entry.details)["early"] == ["record_unsigned", "complaints_running"]


def test_what_was_not_seen_is_not_ruled_of(store, board):
    """Another person proposed meanwhile, or nobody answered about: nothing may be kept."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made, *OTHERS)
    seen = ruling.fingerprint(council(made))
    assert rule(made, {}) == ruling.NothingAnswered()
    compose(made, *(replace(one, number=number, name="En anden") for number, one in enumerate(OTHERS, 6)))
    assert rule(made, ALL, seen=seen) == ruling.Changed()
    with store.reading() as connection:
        assert rulings.every(connection, made.election.id) == ()


def test_of_two_who_enter_at_once_one_is_told_that_it_changed(seated):
    """The same minutes keyed in twice at the same moment must be kept once, and no seat may have two members."""
    seen = ruling.fingerprint(council(seated))
    begin, answers = threading.Barrier(2), []

    def press(second):
        begin.wait()
        by = (seated.secretary, second)
        answers.append(ruling.enter(seated.store, by, seated.now(), seen, MEETING, ALL, tuple(Early)))

    pressing = [threading.Thread(target=press, args=(second,)) for second in seated.members[:2]]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert sorted(answers, key=repr) == [ruling.Changed(), ruling.Entered(2)]
    with seated.store.reading() as connection:
        assert len(seats.tenures(connection, seated.election.id)) == 2
