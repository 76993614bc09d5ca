"""The whole council is put together once the election has come to something, and what the byråd has ruled of stays."""

import json
from datetime import date

import pytest
from councils import NAMES, OTHERS, compose, council, hold_no_vote, rule

from tally.complaints import Outcome as ComplaintOutcome
from tally.complaints import Remedy, Step, StepKind, Subject
from tally.council import Answer, Fault, SeatKind
from votingapp.desks.council import composing
from votingapp.desks.council.composing import Other
from votingapp.desks.council.standing import Lacking, NotKnown, Stand, council_of
from votingapp.store import audit, complaints, seats
from votingapp.store.complaints import Particulars


@pytest.fixture
def seated(any_store, board):
    """Three elected without a vote to five seats."""
    made = board(any_store)
    hold_no_vote(made, *NAMES)
    return made


def test_nothing_is_put_together_before_the_result(store, board):
    """Before it is known who is elected there must be no council, and trying keeps nothing."""
    made = board(store)
    assert compose(made, *OTHERS) == NotKnown(Lacking.NO_RESULT)
    with store.reading() as connection:
        assert seats.every(connection, made.election.id) == ()
        assert council_of(connection, made.now()) == NotKnown(Lacking.NO_RESULT)


def test_the_elected_stand_in_it_by_the_count_and_the_others_as_proposed(seated):
    """Elected, vacant and appointed seats must stand there once each, and the log must name no appointed person."""
    before = council(seated)
    assert not before.composed
    assert [line.place.name for line in before.lines] == [*NAMES, "", ""]
    assert isinstance(compose(seated, *OTHERS), composing.Composed)
    after = council(seated)
    assert after.composed
    assert [(line.place.number, line.place.kind, line.place.name, line.stand) for line in after.lines] == [
        (1, SeatKind.ELECTED, NAMES[0], Stand.WAITING),
        (2, SeatKind.ELECTED, NAMES[1], Stand.WAITING),
        (3, SeatKind.ELECTED, NAMES[2], Stand.WAITING),
        (4, SeatKind.ELECTED, "", Stand.VACANT),
        (5, SeatKind.ELECTED, "", Stand.VACANT),
        (6, SeatKind.APPOINTED, "Fatma Fadel", Stand.WAITING),
        (7, SeatKind.APPOINTED, "", Stand.VACANT),
        (8, SeatKind.BYRAAD, "Bente Byråd", Stand.WAITING),
    ]
    with seated.store.reading() as connection:
        kept = seats.every(connection, seated.election.id)
        entry = audit.last(connection, seated.election.id, "council_composed")
    assert [one.given_to for one in kept] == ["c1", "c2", "c3", None, None, None, None, None]
    assert json.loads(entry.details)["vacant"] == 3
    assert not any(name in entry.details for name in ("Fatma", "Bente", *NAMES))


def test_it_can_be_put_together_anew_until_the_byraad_rules(seated):
    """Seats may be added, renamed and taken away; one that stays keeps its number and its id."""
    compose(seated, *OTHERS)
    with seated.store.reading() as connection:
        first = {one.place.number: one.id for one in seats.every(connection, seated.election.id)}
    changed = (
        Other(8, "Byrådet", SeatKind.BYRAAD, "Bo Byråd"),
        Other(None, "Skoler", SeatKind.APPOINTED, "Sara Skole"),
    )
    assert isinstance(compose(seated, *changed), composing.Composed)
    with seated.store.reading() as connection:
        now = seats.every(connection, seated.election.id)
    assert [(one.place.number, one.place.name) for one in now[5:]] == [(8, "Bo Byråd"), (9, "Sara Skole")]
    assert {one.place.number: one.id for one in now if one.place.number in first} == {
        number: first[number] for number in (1, 2, 3, 4, 5, 8)
    }


def test_a_seat_that_was_ruled_of_is_neither_changed_nor_taken_away(seated):
    """Whoever sits stays; a seat whose person was not appointed keeps its category, and another person may be proposed for it."""
    compose(seated, *OTHERS)
    rule(seated, {1: Answer.APPROVED, 6: Answer.APPROVED, 8: Answer.NOT_APPOINTED})
    there = [
        Other(line.place.number, line.place.category, line.place.kind, line.place.name)
        for line in council(seated).lines[5:]
    ]
    assert isinstance(compose(seated, *there), composing.Composed)
    for changed in (
        there[1:],
        there[:-1],
        [Other(6, "Foreninger", SeatKind.APPOINTED, "En anden"), *there[1:]],
        [*there[:-1], Other(8, "Skoler", SeatKind.BYRAAD, "Bente Byråd")],
    ):
        assert compose(seated, *changed) == composing.Ruled()
    assert isinstance(
        compose(seated, *there[:-1], Other(8, "Byrådet", SeatKind.BYRAAD, "Bo Byråd")), composing.Composed
    )
    stands = {line.place.number: (line.place.name, line.stand) for line in council(seated).lines}
    assert stands[1] == (NAMES[0], Stand.SITTING)
    assert stands[6] == ("Fatma Fadel", Stand.SITTING)
    assert stands[8] == ("Bo Byråd", Stand.WAITING)
    without = [one for one in there if one.number != 8]
    assert compose(seated, *without) == composing.Ruled()


def test_the_most_that_the_rules_allow_is_kept_to(store, board, koege_rules):
    """A council of more seats than [council] total_max must be refused with its figures, and nothing kept."""
    made = board(store, rules_text=koege_rules + "\n[council]\ntotal_max = 7\n")
    hold_no_vote(made, *NAMES)
    refused = compose(made, *OTHERS)
    assert isinstance(refused, composing.Forbidden)
    assert [(one.fault, one.there, one.limit) for one in refused.findings] == [
        (Fault.TOO_MANY_SEATS, 8, 7),
        (Fault.TOO_FEW_MEMBERS, 5, 7),
    ]
    assert not council(made).composed
    assert isinstance(compose(made, *OTHERS[:2]), composing.Composed)


def test_the_categories_of_the_rules_are_proposed_and_kept_to(store, board, koege_rules):
    """Named categories must stand there before anybody types, and no other category may be made up."""
    named = '\n[council]\n[[council.categories]]\nname = "Foreninger"\nseats = 2\nfilled_by = "appointed"\n'
    named += '[[council.categories]]\nname = "Byrådet"\nseats = 1\nfilled_by = "byraad"\n'
    made = board(store, rules_text=koege_rules + named)
    hold_no_vote(made, *NAMES)
    proposed = council(made).lines[5:]
    assert [(line.place.category, line.place.kind) for line in proposed] == [
        ("Foreninger", SeatKind.APPOINTED), ("Foreninger", SeatKind.APPOINTED), ("Byrådet", SeatKind.BYRAAD)
    ]  # fmt: skip
    assert isinstance(compose(made, *OTHERS), composing.Composed)
    wrong = compose(made, *OTHERS, Other(None, "Kirker", SeatKind.APPOINTED, ""))
    assert isinstance(wrong, composing.Forbidden)
    assert "Kirker" in {one.category for one in wrong.findings}


@pytest.mark.parametrize("before", [True, False])
def test_whom_a_complaint_set_aside_is_not_proposed(store, board, before):
    """Her seat must be vacant, whether it was put together before the decision or after, and still be known as hers."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    if before:
        compose(made, *OTHERS)
        assert council(made).lines[1].stand is Stand.WAITING
    store.write(lambda work: _set_aside(work, made, "c2"))
    assert isinstance(compose(made), composing.Composed)
    line = council(made).lines[1]
    assert (line.place.name, line.place.candidate, line.stand) == ("", None, Stand.ELSEWHERE)
    assert line.seat.given_to == "c2"
    assert [one.place.number for one in council(made).asked] == [1, 3]


def _set_aside(work, made, candidate):
    """A complaint that the byråd found right: one person's election is set aside."""
    said = Particulars("Klara Klager", "", "Hun bor her ikke.")
    number = complaints.add(
        work, made.election.id, made.secretary, "x", work.now, Subject.CANDIDATES, said, in_time=True
    )
    found = complaints.find(work.connection, work.vault, made.election.id, "x")
    decided = Step(StepKind.DECIDED, date(2021, 12, 14), ComplaintOutcome.CORRECTED, Remedy.SUBSTITUTE, candidate)
    complaints.add_step(work, made.election.id, found, decided, "Byrådet", "Ikke valgbar.", made.members[:2])
    work.record(made.election.id, "test", "complaint_decided", number=number)
