"""What stands after a name that runs from right to left must stay after it."""

import pytest

from votingapp.documents.directions import directions, settled

ARABIC = "أمينة الخطيب"
MARK = "\u200e"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Åse Ø", [(False, "Åse Ø")]),
        (ARABIC, [(True, ARABIC)]),
        (f"Nr. 2: {ARABIC}, 12 stemmer", [(False, "Nr. 2: "), (True, ARABIC), (False, ", 12 stemmer")]),
        ("א, ב", [(True, "א, ב")]),
        ("א 1 ב", [(True, "א"), (False, " 1 "), (True, "ב")]),
        ("أَ!", [(True, "أَ"), (False, "!")]),
        ("", []),
    ],
)
def test_a_text_is_parted_where_its_direction_turns(text, parts):
    """Signs between two words of one direction must go with them, a vowel mark with its letter, and the rest with the Danish."""
    assert directions(text) == parts
    assert "".join(part for _, part in directions(text)) == text


def test_a_number_after_a_name_is_given_back_to_the_line():
    """After each such stretch must stand the mark that keeps a digit out of the name's order; Danish alone is untouched."""
    assert settled(f"Nr. 2: {ARABIC}, 12 stemmer") == f"Nr. 2: {ARABIC}{MARK}, 12 stemmer"
    assert settled("Nr. 2: Åse, 12 stemmer") == "Nr. 2: Åse, 12 stemmer"
    assert settled(ARABIC) == ARABIC
    assert settled("") == ""
