"""The course holds as data what the steps say in Danish, so that a page can say it in another language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tally.allocation import Lot, allocate, allocation_document
from tally.allocation.answer import SubstituteMember
from tally.allocation.course import (
    AllElected,
    Barred,
    Contender,
    GroupsUnknown,
    LotFell,
    LotWanted,
    OpenGiven,
    ReservedGiven,
    SeatsVacant,
    SubjectToCouncil,
    SubstitutesFound,
)
from tally.allocation.wording import danish


def codes_of(answer):
    return [step.code for step in answer.course]


def fates_of(step):
    return " ".join(f"{one.person.id}:{one.fate}" for one in step.contenders)


@pytest.fixture
def two(counts):
    return counts("a/nord:5 b/syd:1").candidates


def contenders(people, *fates):
    return tuple(Contender(person, fate) for person, fate in zip(people, fates, strict=True))


def test_the_course_tells_what_the_steps_tell(rules, counts):
    """One step of the course for each sentence, in the same order, and the sentence is made from it."""
    shared = rules(4, reserved={"nord": 2}, minimum=1)
    answer = allocate(shared, counts("a/nord:5 b:1 c:1 d:1 e/vest:0"), [Lot(("b", "c", "d"), ("d", "b", "c"))])
    assert codes_of(answer) == [
        "groups_unknown",
        "barred",
        "reserved",
        "lot_fell",
        "open",
        "substitutes",
        "vacant",
        "subject_to_council",
    ]
    assert answer.steps == tuple(danish(step) for step in answer.course)
    assert answer.course[-2] == SeatsVacant(1)
    paired = allocate(rules(1, model="paired", per_member=3), counts("a:2 b:1")).course[-2]
    assert paired == SubstitutesFound("paired", 3, (SubstituteMember(1, "b", 1, None, "a"),))


def test_the_course_of_an_election_without_a_vote(rules, counts):
    """All elected, the vacant seats, the council: no seat is given by votes that were not held."""
    answer = allocate(rules(3), counts("b:- a:-"))
    assert codes_of(answer) == ["all_elected", "vacant", "subject_to_council"]
    assert [person.id for person in answer.course[0].people] == ["b", "a"]
    assert answer.steps == tuple(danish(step) for step in answer.course)


def test_the_course_is_no_member_of_the_answer(rules, counts):
    """The form of the answer is fixed: what stands beside it changes nothing of it."""
    answer = allocate(rules(1), counts("a:2 b:1"))
    assert answer.course
    assert allocation_document(answer) == allocation_document(replace(answer, course=()))
    assert list(allocation_document(answer)) == ["status", "elected", "vacant", "substitutes", "lots_required", "steps"]


def test_contenders_stand_by_votes_with_what_came_of_it(rules, counts):
    """For the reserved seats the group competes, for the open ones everybody without a seat, most votes first."""
    answer = allocate(rules(3, reserved={"nord": 1}), counts("a:1 b/nord:4 c/nord:6 d:3 e:2"))
    reserved, given = answer.course[:2]
    assert (reserved.group, reserved.number, reserved.filled) == ("nord", 1, 1)
    assert fates_of(reserved) == "c:seated b:none"
    assert (given.number, given.filled) == (2, 2)
    assert fates_of(given) == "b:seated d:seated e:none a:none"


def test_whoever_waits_for_a_lot_has_neither_won_nor_lost(rules, counts):
    """Three tied for the last seat all wait, in ballot order; above and below them it is settled."""
    answer = allocate(rules(2), counts("d:1 c:3 b:3 a:9 e:3"))
    wanted, given = answer.course[:2]
    assert ([person.id for person in wanted.among], wanted.decides) == (["c", "b", "e"], "seat")
    assert fates_of(given) == "a:seated c:lot b:lot e:lot d:none"
    assert (given.number, given.filled) == (2, 2)


def test_a_reserved_seat_that_waits_leaves_both_among_the_open_ones(rules, counts):
    """Whoever loses the lot for the group's seat competes for the open seat, and nobody knows yet who that is."""
    answer = allocate(rules(2, reserved={"nord": 1}), counts("a/nord:5 b/nord:5 c:4"))
    assert fates_of(answer.course[1]) == "a:lot b:lot"
    assert fates_of(answer.course[2]) == "a:lot b:lot c:none"


def test_a_lot_that_fell_orders_the_contenders(rules, counts):
    """The step of the lot keeps who was tied in ballot order, and the order drawn; the next step follows the latter."""
    answer = allocate(rules(1), counts("a:3 b:3 c:3"), [Lot(("a", "b", "c"), ("c", "a", "b"))])
    fell, given = answer.course[:2]
    assert [person.id for person in fell.among] == ["a", "b", "c"]
    assert [person.id for person in fell.order] == ["c", "a", "b"]
    assert fates_of(given) == "c:seated a:none b:none"


def test_two_names_that_are_almost_the_same_keep_their_ids(rules, counts):
    """Who is meant is told by the id; a step never finds a person by the name."""
    people = counts("a:3 b:3")
    alike = replace(people, candidates=tuple(replace(row, name="Åse Østergård") for row in people.candidates))
    answer = allocate(rules(1), alike, [Lot(("a", "b"), ("b", "a"))])
    assert fates_of(answer.course[1]) == "b:seated a:none"
    assert "Åse Østergård (b), Åse Østergård (a)" in answer.steps[0]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            GroupsUnknown,
            "Uden reserverede pladser til gruppen ([[seats.reserved]]), kun åbne pladser: Navn a (a, »nord«), Navn b (b, »syd«).",
        ),
        (
            lambda people: Barred(1, people),
            "Mindst 1 stemme kræves ([substitutes] minimum_votes); hverken plads eller suppleantpost til: Navn a (a): 5 stemmer, Navn b (b): 1 stemme.",
        ),
        (
            lambda people: Barred(2, people[1:]),
            "Mindst 2 stemmer kræves ([substitutes] minimum_votes); hverken plads eller suppleantpost til: Navn b (b): 1 stemme.",
        ),
        (
            lambda people: ReservedGiven("nord", 1, 1, contenders(people, "seated", "none")),
            "1 plads reserveret til gruppen »nord« ([[seats.reserved]]), flest stemmer i gruppen: Navn a (a): 5 stemmer.",
        ),
        (
            lambda people: ReservedGiven("nord", 3, 2, contenders(people, "seated", "seated")),
            "3 pladser reserveret til gruppen »nord« ([[seats.reserved]]), flest stemmer i gruppen: Navn a (a): 5 stemmer, Navn b (b): 1 stemme. Gruppen kan ikke besætte 1 plads.",
        ),
        (
            lambda _: ReservedGiven("syd", 2, 0, ()),
            "2 pladser reserveret til gruppen »syd« ([[seats.reserved]]), flest stemmer i gruppen: ingen. Gruppen kan ikke besætte 2 pladser.",
        ),
        (
            lambda people: ReservedGiven("nord", 1, 1, contenders(people, "lot", "lot")),
            "1 plads reserveret til gruppen »nord« ([[seats.reserved]]), flest stemmer i gruppen: 1 plads afventer lodtrækning.",
        ),
        (lambda _: OpenGiven(0, 0, ()), "Der er ingen åbne pladser ([seats] total)."),
        (
            lambda people: OpenGiven(1, 1, contenders(people, "seated", "none")),
            "1 åben plads ([seats] total), flest stemmer blandt de øvrige: Navn a (a): 5 stemmer.",
        ),
        (
            lambda people: OpenGiven(3, 3, contenders(people, "seated", "lot")),
            "3 åbne pladser ([seats] total), flest stemmer blandt de øvrige: Navn a (a): 5 stemmer; 2 pladser afventer lodtrækning.",
        ),
        (lambda _: OpenGiven(2, 0, ()), "2 åbne pladser ([seats] total), flest stemmer blandt de øvrige: ingen."),
        (
            lambda people: LotWanted(people, "seat"),
            "Stemmelighed: der skal trækkes lod om en plads mellem Navn a (a): 5 stemmer, Navn b (b): 1 stemme.",
        ),
        (
            lambda people: LotWanted(people[:1], "substitute"),
            "Stemmelighed: der skal trækkes lod om rækkefølgen af suppleanter mellem Navn a (a): 5 stemmer.",
        ),
        (
            lambda people: LotFell(people, people[::-1], "pairing"),
            "Stemmelighed: lodtrækning om fordelingen af suppleanter på medlemmer mellem Navn a (a): 5 stemmer, Navn b (b): 1 stemme; udtrukket i rækkefølgen Navn b (b), Navn a (a).",
        ),
        (
            AllElected,
            "Der er ikke flere kandidater end pladser og ingen afstemning; valgt i stemmeseddelens rækkefølge: Navn a (a), Navn b (b).",
        ),
        (
            lambda _: AllElected(()),
            "Der er ikke flere kandidater end pladser og ingen afstemning; valgt i stemmeseddelens rækkefølge: ingen.",
        ),
        (lambda _: SeatsVacant(1), "1 plads er vakant."),
        (lambda _: SeatsVacant(2), "2 pladser er vakante."),
        (lambda _: SubjectToCouncil(), "Valget er forbeholdt Byrådets godkendelse (integrationsloven § 42)."),
    ],
)
def test_each_step_in_danish_byte_for_byte(two, make, sentence):
    """These sentences stand in answers that others have checked: one and many, named and none."""
    assert danish(make(two)) == sentence


@pytest.mark.parametrize(
    ("model", "number", "sentence"),
    [
        ("ranked", 0, '0 suppleanter på én liste, flest stemmer først ([substitutes] model = "ranked").'),
        ("ranked", 1, '1 suppleant på én liste, flest stemmer først ([substitutes] model = "ranked").'),
        (
            "paired",
            2,
            '2 suppleanter fordelt på medlemmerne i rangorden, én runde ad gangen, højst 3 til hver ([substitutes] model = "paired").',
        ),
    ],
)
def test_the_substitutes_in_danish(model, number, sentence):
    """By list or by member, with how many each may have."""
    listed = tuple(SubstituteMember(rank, f"c{rank}", 1, None, None) for rank in range(1, number + 1))
    assert danish(SubstitutesFound(model, 3, listed)) == sentence


def test_each_kind_of_step_names_the_rule_it_follows():
    """Where a step is a rule's, the key of the rule set stands beside it; a tie and the council are no key."""
    named = {kind.code: kind.rule for kind in (GroupsUnknown, Barred, ReservedGiven, OpenGiven, SubstitutesFound)}
    assert named == {
        "groups_unknown": "[[seats.reserved]]",
        "barred": "[substitutes] minimum_votes",
        "reserved": "[[seats.reserved]]",
        "open": "[seats] total",
        "substitutes": "[substitutes] model",
    }
    assert {kind.rule for kind in (LotWanted, LotFell, AllElected, SeatsVacant, SubjectToCouncil)} == {""}
