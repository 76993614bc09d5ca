"""Letters of many alphabets are compared without losing those that Danish keeps apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.letters import DANISH_LETTERS, compose, plain, split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łukasz Núñez", "lukasz nunez"),
        ("Åse Ærø", "ase aero"),
        ("Þóra Ðorđe", "thora dorde"),
        ("İpek Yıldız", "ipek yildiz"),
        ("Groß", "gross"),
        ("Əli", "eli"),
        ("Œdipe", "oedipe"),
    ],
)
def test_diacritics_and_strokes_are_folded(text, expected):
    """Accents, strokes and dots are folded into the plain letter, in either case."""
    assert plain(text) == plain(text.upper()) == expected


def test_danish_letters_can_be_kept():
    """Æ, ø and å stay where they are asked to, also when å is typed in two parts, and ö does not become ø."""
    assert plain("ÆRØ A\u030aSE Böhm", keep=DANISH_LETTERS) == "ærø åse bohm"


def test_unseen_signs_are_dropped():
    """Joiners and direction marks do not make two names of one."""
    assert compose("A\u200dli\u200e") == "ali"


def test_words_of_a_name():
    """Hyphens and commas part words, apostrophes do not, and vowel marks belong to their letter."""
    assert split_words("o'neil, anne-marie  தமிழ்") == ["oneil", "anne", "marie", "தமிழ்"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    """A composed text is its own composition."""
    assert compose(compose(text)) == compose(text)
