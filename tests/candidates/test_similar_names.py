"""Names that a hurried eye confuses are found, and stay confusable until both have a line of their own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.ballot_order import BallotEntry
from candidates.similar_names import SimilarPair, similar_pairs, undistinguished

PAIR = (SimilarPair("K0", "K1"),)
LETTERS = "abcdefghij"


def entries(*names):
    return [BallotEntry(f"K{number}", name) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fatima Ali", "Fatima Ali"),
        ("Fatima Ali", "Fatema Ali"),
        ("Fatima Ali", "Fatma Ali"),
        ("Mohammed Khan", "Mohamed Kahn"),
        ("Muhammad Hussein", "Mohammad Husein"),
        ("Ali Hassan", "Hassan Ali"),
        ("Ali Hassan", "Hasan Ali"),
        ("José Núñez", "Jose Nunez"),
        ("Søren Bo", "Soren Bo"),
        ("Åse Aagaard", "Aase Ågård"),
        ("Anne-Marie Holm", "Anne Marie Holm"),
        ("AnneMarie Holm", "Anne Marie Holm"),
        ("Şükrü Yıldız", "Sukru Yildiz"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Ali\u200d Khan", "Ali Khan"),
        ("Bo Li", "Bo Lin"),
        ("محمد علي", "محمد عليّ"),
    ],
)
def test_confusable_names_are_found(one, other):
    """One letter, a swap, an accent, a hyphen or the order of words is not enough to tell two people apart."""
    assert similar_pairs(entries(one, other)) == PAIR
    assert similar_pairs(entries(other, one)) == PAIR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fatima Ali", "Ahmet Demir"),
        ("Bo Li", "Bo Sun"),
        ("Anna Holm", "Anna Dahl"),
        ("Ali Khan", "Ole Khan"),
        ("Fatima Ali", "Fatima Ali Hassan"),
    ],
)
def test_different_names_are_left_alone(one, other):
    """A shared first or last name is no reason for a warning."""
    assert similar_pairs(entries(one, other)) == ()


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("abcdefghi", "abcdefghi", True),
        ("abcdefghi", "abcdefghx", True),
        ("abcdefghi", "abcdefgxx", False),
        ("abcdefghij", "abcdefghxx", True),
        ("abcdefghi", "abcdefghixx", False),
        ("abcdefghij", "abcdefghijxx", True),
        ("abcdefghij", "abcdefgxxx", False),
        ("abcdefghijk", "bacdefghikj", True),
        ("abcdefghijk", "bacdegfhikj", False),
    ],
)
def test_slips_allowed_at_their_border(one, other, similar):
    """One slip in short names and two from ten letters on; a swap of neighbours is one slip."""
    assert bool(similar_pairs(entries(one, other))) is similar


def distance(one, other):
    """Give the optimal string alignment distance by its recursive definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        distance(one[1:], other[1:]) + (one[0] != other[0]), distance(one[1:], other) + 1, distance(one, other[1:]) + 1
    )
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        best = min(best, distance(one[2:], other[2:]) + 1)
    return best


@given(st.text("bcd", min_size=1, max_size=5), st.text("bcd", min_size=1, max_size=5))
def test_short_words_by_the_definition(one, other):
    """For single short words, similar means a distance of at most one by the textbook definition."""
    assert bool(similar_pairs(entries(one, other))) is (distance(one, other) <= 1)


@given(
    st.text(LETTERS, min_size=10, max_size=20),
    st.lists(st.integers(0, 9), min_size=2, max_size=2),
    st.sampled_from("xyz"),
)
def test_two_changed_letters_never_hide_a_long_name(name, places, letter):
    """Wherever two letters of a long name are changed, the pair is found."""
    changed = list(name.replace("aa", "ab"))
    for place in places:
        changed[place] = letter
    assert similar_pairs(entries(name.replace("aa", "ab"), "".join(changed))) == PAIR


@given(st.lists(st.text(LETTERS, min_size=2, max_size=6), min_size=2, max_size=4), st.randoms())
def test_any_order_of_the_words_is_found(words, chance):
    """The same words in another order are always a similar pair."""
    shuffled = list(words)
    chance.shuffle(shuffled)
    assert similar_pairs(entries(" ".join(words), " ".join(shuffled))) == PAIR


@pytest.mark.parametrize(
    ("line", "other_line", "open_pairs"),
    [
        ("", "", PAIR),
        ("Ølby", "", PAIR),
        ("", "Herfølge", PAIR),
        ("Ølby", "ølby", PAIR),
        ("Ølby", "Olby ", PAIR),
        ("  ", " - ", PAIR),
        ("Ølby", "Herfølge", ()),
        ("født 1962", "født 1963", ()),
    ],
)
def test_both_need_a_line_of_their_own(line, other_line, open_pairs):
    """Only two lines that read differently tell two similar names apart."""
    one, other = entries("Fatima Ali", "Fatema Ali")
    pair = [replace(one, line=line), replace(other, line=other_line)]
    assert undistinguished(pair) == open_pairs
    assert similar_pairs(pair) == PAIR


def test_three_of_a_kind_need_three_lines():
    """Among three similar names every pair counts, and two equal lines leave one pair open."""
    names = entries("Ali Khan", "Ali Khen", "Ali Khin")
    assert len(similar_pairs(names)) == 3
    lined = [replace(entry, line=line) for entry, line in zip(names, ("Ølby", "Køge", "Ølby"), strict=True)]
    assert undistinguished(lined) == (SimilarPair("K0", "K2"),)


def test_a_hundred_candidates_are_compared():
    """In a field of a hundred the one confusable pair is found and no other."""
    given_names = ["Ahmet", "Beatriz", "Chen", "Dorthe", "Emine", "Farhad", "Grzegorz", "Hawa", "Irina", "Jamila"]
    family_names = [
        "Abdullahi",
        "Bergström",
        "Cvetkovic",
        "Demirci",
        "Eriksen",
        "Fernández",
        "Ghorbani",
        "Holm",
        "Ibrahimovic",
        "Jayasinghe",
    ]
    names = [f"{given_name} {family}" for given_name in given_names for family in family_names]
    assert similar_pairs(entries(*names)) == ()
    assert similar_pairs(entries(*names, "Hawa Holms")) == (SimilarPair("K77", "K100"),)
