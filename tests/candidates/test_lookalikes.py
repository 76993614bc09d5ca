"""Two alphabets may spell what looks the same, and a word in both of them is pointed out."""

import string
import unicodedata

import pytest

from candidates.ballot_order import BallotEntry
from candidates.lookalikes import LATIN_FOR, as_seen, words_of_mixed_alphabets
from candidates.similar_names import similar_pairs, undistinguished

CYRILLIC_TWIN = "Аnnа Jеnsеn"
GREEK_TWIN = "ΑΝΝΑ ΗΟΙΜ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Jensen", CYRILLIC_TWIN),
        ("ANNA HOIM", GREEK_TWIN),
        ("ВЕРА НОСТА", "BEPA HOCTA"),
        ("Вера Новик", "ВЕРА НОВИК"),
        ("Eva Sousa", "Ενa Ѕоuѕа"),
        ("Ioan Uson", "Iօan Uѕօn"),
        ("Асе Вох", "Ace Box"),
        ("Ёва Хо", "Ева Хо"),
    ],
)
def test_names_that_look_the_same_in_two_alphabets_are_found(one, other):
    """Look-alikes of another alphabet make no other name to the eye, in capitals or small letters."""
    assert similar_pairs((BallotEntry("K0", one), BallotEntry("K1", other)))
    assert similar_pairs((BallotEntry("K1", other), BallotEntry("K0", one)))


def test_a_line_in_look_alikes_tells_nobody_apart():
    """Two lines that look the same are one line to a voter, whatever alphabet they are typed in."""
    twins = (BallotEntry("K0", "Anna Jensen", "Coop"), BallotEntry("K1", CYRILLIC_TWIN, "Сoор"))
    assert undistinguished(twins)


@pytest.mark.parametrize(
    ("one", "other"), [("Анна Коваленко", "Ольга Шевченко"), ("Γιώργος Νικολάου", "Sofia Nikolaou")]
)
def test_other_names_of_other_alphabets_are_left_alone(one, other):
    """A shared letter or two is no reason for a warning."""
    assert similar_pairs((BallotEntry("K0", one), BallotEntry("K1", other))) == ()


def test_latin_names_are_seen_as_they_are_spelled():
    """Danish, Polish and Vietnamese names are themselves to the eye, so nothing is compared twice."""
    for name in ("Åse Østergård-Łuczak", "Nguyễn Thị Ánh", "Şükrü Yıldız"):
        assert as_seen(name) == name


def test_the_table_leads_to_latin_letters_of_the_same_size():
    """Each look-alike is a letter that is not plain Latin, a capital for a capital."""
    for letter, latin in LATIN_FOR.items():
        assert not letter.isascii()
        assert latin in string.ascii_letters, letter
        assert letter.isupper() == latin.isupper(), unicodedata.name(letter)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (CYRILLIC_TWIN, ("Аnnа", "Jеnsеn")),
        ("Anna Jеnsen", ("Jеnsen",)),
        ("Anne-Μarie", ("Μarie",)),
        ("Anna Jensen", ()),
        ("Анна Jensen", ()),
        ("O’Brien ʻOkina", ()),
        ("Åse Østergård-Łuczak", ()),
        ("さくら 山田たろう", ()),
        ("محمد علي", ()),
        ("தமிழ்ச்செல்வி", ()),
    ],
)
def test_a_word_in_two_alphabets_is_pointed_out(name, words):
    """A word is written in one alphabet; Japanese mixes its own, and two words may well be in two."""
    assert words_of_mixed_alphabets(name) == words
