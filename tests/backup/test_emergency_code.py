"""The code on the sheet is typed by hand: what is mistyped is found, and in which group."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votingapp.store.backup.emergency_code import SEED_BYTES, Mistyped, read_code, write_code

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
seeds = st.binary(min_size=SEED_BYTES, max_size=SEED_BYTES)


@given(seeds)
def test_what_is_written_is_read(seed):
    """Every seed comes back from its code, and a code has seven groups of five signs."""
    code = write_code(seed)
    assert [len(group) for group in code.split("-")] == [5] * 7
    assert read_code(code) == seed


@given(seeds, st.randoms(use_true_random=False))
def test_how_it_is_typed_does_not_matter(seed, chance):
    """Small letters, spaces, no hyphens, a line end, O for 0 and I or L for 1 are all read."""
    typed = write_code(seed).lower().replace("-", chance.choice(["", " ", " - "]))
    typed = "".join(chance.choice({"0": "0oO", "1": "1iIlL"}.get(sign, sign)) for sign in typed)
    assert read_code(f" {typed}\r\n") == seed


def test_any_single_wrong_sign_is_found_in_its_group():
    """Whichever sign is replaced by whichever other, the group it stands in is named."""
    code = write_code(random.Random(4).randbytes(SEED_BYTES))
    for place, right in enumerate(code):
        for wrong in SIGNS if right != "-" else "":
            if wrong != right:
                assert read_code(code[:place] + wrong + code[place + 1 :]) == Mistyped(place // 6 + 1)


@given(seeds)
def test_neighbours_changed_about_are_found(seed):
    """Two neighbouring signs of a group, or two whole groups, that change places are found, unless they are alike."""
    code = write_code(seed)
    for place in (one for one in range(len(code) - 1) if "-" not in code[one : one + 2]):
        changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert changed == code or read_code(changed) == Mistyped(place // 6 + 1)
    groups = code.split("-")
    for first in range(6):
        about = [*groups[:first], groups[first + 1], groups[first], *groups[first + 2 :]]
        assert isinstance(read_code("-".join(about)), Mistyped)


@pytest.mark.parametrize("wrong", ["", "   ", "hej", "ABCDE-ABCDE", "Ø" * 35, "æ-1", "0" * 34, "0" * 36, "0" * 400])
def test_what_is_no_code_is_said_to_be_none(wrong):
    """A text that is too short, too long, or not in our signs is no code, and nothing breaks."""
    assert isinstance(read_code(wrong), Mistyped)
