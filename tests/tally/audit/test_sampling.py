"""Which papers are drawn is found by a shell command, spreads over the whole box, and leads to a batch and a place in it."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest

from tally.audit.sampling import Place, draw_message, first_draws, place_of, position, positions
from tally.dice import command

DIGITS = "364152364152364152364152"


def test_a_shell_finds_the_same_paper():
    """The command that is printed beside a draw, and the remainder, give the position."""
    line = command(draw_message(DIGITS, 1))
    assert line == f"printf '%s' {DIGITS},1 | sha256sum"
    said = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout
    assert position(DIGITS, 1, 417) == 1 + int(said.split()[0], 16) % 417


def test_the_formula_stays_as_it_was_announced():
    """These positions were found with the shell and bc; another formula would draw other papers from the same dice."""
    assert positions(DIGITS, 4, 417) == tuple(position(DIGITS, draw, 417) for draw in range(1, 5))
    assert positions(DIGITS, 4, 417) == (122, 333, 236, 116)


def test_every_paper_is_drawn_as_often_as_another():
    """12,000 draws from 12 papers: each about a thousand times, with the first and the last among them."""
    found = Counter(positions(DIGITS, 12_000, 12))
    assert sorted(found) == list(range(1, 13))
    assert all(abs(times - 1000) < 150 for times in found.values())  # some five standard deviations


def test_other_dice_draw_other_papers():
    """Neither the dice nor the number of the draw can be left out."""
    other = DIGITS[:-1] + "3"
    assert positions(DIGITS, 20, 1000) != positions(other, 20, 1000)
    assert len(set(positions(DIGITS, 20, 10**9))) == 20


def test_a_paper_that_comes_again_is_read_once():
    """It counts again, by what was read the first time."""
    assert first_draws((7, 3, 7, 7, 1, 3)) == {7: 1, 3: 2, 1: 5}


@pytest.mark.parametrize(
    ("paper", "place"), [(1, Place(1, 1)), (50, Place(1, 50)), (51, Place(2, 1)), (117, Place(3, 17))]
)
def test_a_paper_lies_in_one_batch(paper, place):
    """The first and the last of each batch are found there."""
    assert place_of(paper, (50, 50, 17)) == place


@pytest.mark.parametrize("paper", [0, 118])
def test_there_is_no_paper_beyond_the_batches(paper):
    """A manifest that is one paper short names no place for it, rather than another one's."""
    with pytest.raises(ValueError, match="no batch"):
        place_of(paper, (50, 50, 17))


def test_every_paper_of_a_manifest_has_a_place_of_its_own():
    """Also where a batch is empty, or of one."""
    batches = (3, 0, 1, 2)
    assert len({place_of(paper, batches) for paper in range(1, 7)}) == 6
