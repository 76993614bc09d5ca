"""The roll holds everybody entitled and nobody else, and a name alone never picks a person."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.admission import NotResident, TooYoung
from ballots.register import Person, fold_name
from ballots.roll import LeftOut, answers_to, draw_up_roll, find_by_name, likeness
from candidates.cpr import Cpr

BORN = date(1962, 12, 10)


def person(name, born=BORN, code="0259", protected=False, serial=1):
    return Person(Cpr(f"{born:%d%m%y}{serial:04d}", born), name, code, protected)


def test_everybody_left_out_is_told_why(koege):
    """Who is too young or lives elsewhere is left out with the reason, and the others keep their order."""
    zoe, ali = person("Zoe"), person("Ali", serial=2)
    child, neighbour = person("Bo", date(2003, 11, 24)), person("Eva", code="0253", serial=3)
    roll = draw_up_roll([zoe, child, neighbour, ali], koege)
    assert roll.entitled == (zoe, ali)
    assert roll.left_out == (
        LeftOut(child, TooYoung(date(2003, 11, 24), date(2021, 11, 24))),
        LeftOut(neighbour, NotResident("0253")),
    )


@given(
    st.lists(
        st.builds(
            person, st.just("Bo"), st.dates(date(2003, 11, 20), date(2003, 11, 27)), st.sampled_from(["0259", "0253"])
        )
    )
)
def test_nobody_is_lost(koege, persons):
    """Everybody of the extract is either entitled or left out, by the borders of age and municipality."""
    roll = draw_up_roll(persons, koege)
    entitled = [one for one in persons if one.birth_date <= date(2003, 11, 23) and one.municipality_code == "0259"]
    assert list(roll.entitled) == entitled
    assert len(roll.entitled) + len(roll.left_out) == len(persons)


def test_protected_persons_are_on_the_roll(koege):
    """Protection of name and address takes nobody's vote."""
    hidden = person("", protected=True)
    assert draw_up_roll([hidden], koege).entitled == (hidden,)


def test_a_closed_roll_is_drawn_up_alike(koege):
    """The same people are entitled whether or not the roll is closed afterwards."""
    persons = [person("Bo"), person("Eva", code="0253", serial=2)]
    closed = replace(koege, admission=replace(koege.admission, roll="closed"))
    assert draw_up_roll(persons, closed) == draw_up_roll(persons, koege)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Jens Christian Jensen", "chr jen"),
        ("Jens Christian Jensen", "jensen jens"),
        ("Jens Christian Jensen", "JENS  jensen"),
        ("Jens Jensen", "jens jens"),
        ("Jens Jensen", "jens jensen"),
        ("Anne-Marie Holm", "marie"),
        ("Anne-Marie Holm", "anne marie"),
        ("Åse Ærø Bøgh", "aase aeroe boegh"),
        ("Aase Aeroe", "åse ærø"),
        ("José Núñez", "jose nunez"),
        ("Şükrü Yıldız", "sukru yildiz"),
        ("محمد علي", "علي"),
    ],
)
def test_names_found(name, query):
    """Beginnings of words in any order find a name, whatever the keyboard could write."""
    assert answers_to(fold_name(name), query)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Jens Jensen", "jens jens jens"),
        ("Jens Jensen", "jensen jensen"),
        ("Jens Jensen", "ens"),
        ("Bo Holm", "bo dahl"),
        ("Bo Holm", ""),
        ("Bo Holm", "  "),
        ("", "bo"),
        ("", ""),
        ("Bo Holm", "bø"),
        ("Ase Holm", "åse"),
    ],
)
def test_names_not_found(name, query):
    """Every word typed needs a word of its own, and nothing typed finds nobody."""
    assert not answers_to(fold_name(name), query)


@given(st.lists(st.text("abå", min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_any_shortened_and_shuffled_name_is_found(words, data):
    """Whichever words are typed, cut short and in whatever order, the name answers."""
    typed = data.draw(st.permutations(words))
    query = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in typed)
    assert answers_to(fold_name(" ".join(words)), query)


def test_the_birth_date_must_fit():
    """The name alone finds nobody who was born another day."""
    persons = [person("Bo Holm"), person("Bo Holm", date(1962, 12, 11))]
    assert find_by_name(persons, "bo holm", BORN) == (persons[0],)
    assert find_by_name(persons, "bo holm", date(1962, 12, 12)) == ()


def test_several_people_are_several_answers():
    """Two people of one name and birthday are both shown, and none is picked."""
    twins = [person("Ali Khan", serial=1), person("Ali Khan", serial=2), person("Alia Khan", serial=3)]
    assert find_by_name(twins, "ali khan", BORN) == tuple(twins)


def test_protected_persons_are_found_at_the_desk():
    """A protected person with a name in the extract is found like anybody else."""
    hidden = person("Eva Holm", protected=True)
    assert find_by_name([hidden], "eva", BORN) == (hidden,)


@pytest.mark.parametrize("other", ["Mohamed Ali Hassan", "Hassan, Mohammad", "Muhammed Hassan"])
def test_spellings_of_one_name_are_more_alike_than_names_of_two(other):
    """Order and spelling hardly tell; another name does, and the same name is as alike as can be."""
    name = fold_name("Mohammed Hassan")
    assert likeness(name, fold_name(other)) > likeness(name, fold_name("Signe Sørensen")) + 0.2
    assert likeness(name, name) == 1
    assert likeness(fold_name("Åse Øster"), fold_name("Aase Oester")) == 1
