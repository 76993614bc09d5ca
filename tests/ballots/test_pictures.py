"""Which picture stands beside which number has one hash, in a form that is written down."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ballots.pictures import pictures_hash

CASES = json.loads((Path(__file__).parents[1] / "vectors/pictures/cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_hash_is_that_of_the_written_form(case):
    """The vectors, which the tablet's program is held against, too."""
    assert pictures_hash(case["figure"], case["photos"]) == case["sha256"]
    if case["text"]:
        assert hashlib.sha256(case["text"].encode()).hexdigest() == case["sha256"]


def test_two_pictures_exchanged_are_another_hash():
    """It binds which picture stands beside which number, who has none, and the figure that stands for her."""
    one, two, figure = "a" * 64, "b" * 64, "c" * 64
    ways = [(figure, (one, two)), (figure, (two, one)), (figure, (one, None)), (figure, (one,)), (two, (one, None))]
    assert len({pictures_hash(*way) for way in ways}) == len(ways)
