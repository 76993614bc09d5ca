"""The third program judges every archive as the first does."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from changed_stories import changed_stories, python_verdict, whole_story
from forged_setups import forged, honest
from small_elections import small_election, write_story

from tally.verification import verify_archive

SAMPLE = 4
"""Changed archives of each kind of record; the second program is held against the first by more."""


@pytest.mark.parametrize("threshold", [False, True])
def test_the_third_program_judges_every_change_alike(judge, threshold: bool) -> None:
    """Whatever is changed in whatever record, it refuses what Python refuses and lets be what Python lets be."""
    kinds: dict[str, list[tuple[str, bytes]]] = {}
    for what, story in changed_stories(threshold):
        kinds.setdefault(what.partition(" ")[0], []).append((what, write_story(story)))
    draw = random.Random(20211124)
    chosen = [one for kind in kinds.values() for one in draw.sample(kind, min(SAMPLE, len(kind)))]
    verdicts = [str(one["verdict"]) for one in judge([archive for _, archive in chosen])]
    differing = [
        (what, python, verdict)
        for (what, archive), verdict in zip(chosen, verdicts, strict=True)
        if (python := python_verdict(archive)) != verdict
    ]
    assert differing == []


def test_it_finds_the_same_figures(judge) -> None:
    """Of a whole election and each of its beginnings it tells the ballots, result, last event and urn that Python tells."""
    _, story = whole_story(threshold=True)
    shapes = (
        small_election(blank=False, limits=(0, 2)),
        small_election(answers=4, limits=(1, 3)),
    )
    several = (shapes[0].story((shapes[0].seal(0, (0, 0)), shapes[0].seal(1, (1, 1)))),)
    blank_and_two = (shapes[1].seal(0, (1, 0, 0, 0, 0)), shapes[1].seal(1, (0, 1, 0, 0, 1)))
    stories = [story[:length] for length in (1, 3, 5, 6, len(story))]
    archives = [write_story(one) for one in (*stories, *several, shapes[1].story(blank_and_two))]
    for archive, found in zip(archives, judge(archives), strict=True):
        expected = verify_archive(BytesIO(archive))
        counts = list(expected.result) if hasattr(expected, "result") else None
        assert (found["ballots"], found["counts"]) == (expected.ballots, counts)
        assert (found["lastHash"], found["urnHash"]) == (expected.last_event, expected.urn_sha256)


def test_it_refuses_what_only_looks_like_an_election(judge) -> None:
    """Whose links and proofs all hold, and which yet is no election of this house, is refused; all else equal, it holds."""
    names, archives = zip(*forged(), strict=True)
    verdicts = [str(one["verdict"]) for one in judge((*archives, honest()))]
    assert verdicts.pop() == "sound"
    assert [name for name, verdict in zip(names, verdicts, strict=True) if verdict != "refused"] == []
