"""A shared page is described in one line that is cut between words, never in the middle of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votingapp.desks.public.sharing import shorten


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", ""),
        (" \n ", ""),
        ("Ti tegn, ja", "Ti tegn…"),
        ("Ti tegn ja", "Ti tegn ja"),
        ("Første\n\nanden", "Første…"),
        ("abcdefghijk", "abcdefghi…"),
        ("Ni tegn x og mere", "Ni tegn x…"),
        ("Ja – og ikke mere", "Ja – og…"),
    ],
)
def test_it_is_cut_between_words(text, short):
    """At ten characters: what fits stays whole, a cut falls between words, and one word too long is all there is."""
    assert shorten(text, 10) == short


@given(st.text(), st.integers(2, 40))
def test_it_is_never_longer_and_always_a_beginning(text, limit):
    """Whatever a candidate wrote, the line keeps the limit, has no line break and begins as her text does."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert "\n" not in short
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
