"""Two programs written apart from one another judge every archive alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from changed_stories import changed_stories, python_verdict, whole_story
from forged_setups import forged, honest
from judging import build_judge
from small_elections import small_election, write_story

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from small_elections import Story

SAMPLE = 5
"""Changed archives of each kind of record: all of them would take a quarter of an hour."""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[bytes]], list[dict[str, object]]]:
    """The TypeScript verifier: archives in, verdicts out."""
    return build_judge("judge.ts", tmp_path_factory.mktemp("judge"))


@pytest.mark.parametrize("threshold", [False, True])
def test_an_archive_written_by_python_is_accepted_by_typescript(judge, threshold: bool) -> None:
    """A whole election from Python verifies in TypeScript, and each of its beginnings is sound so far."""
    _, story = whole_story(threshold=threshold)
    archives = [write_story(story[:length]) for length in range(1, len(story) + 1)]
    *beginnings, whole = judge(archives)
    assert [one["verdict"] for one in beginnings] == ["sound"] * len(beginnings)
    assert (whole["verdict"], whole["counts"], whole["ballots"]) == ("accepted", [[1, 1, 1]], 3)


@pytest.mark.parametrize("shape", [{"blank": False, "limits": (0, 2)}, {"answers": 4, "limits": (1, 3)}])
def test_every_shape_of_question_is_understood_alike(judge, shape: dict[str, object]) -> None:
    """Without a blank vote, with none or several marks: Python's ballots are accepted by TypeScript."""
    small = small_election(**shape)
    positions = small.election.positions
    first = (0,) * positions if not shape.get("blank", True) else (1, *(0,) * (positions - 1))
    several = tuple(int(place in (1, positions - 1)) for place in range(positions))
    if not shape.get("blank", True):
        several = (1,) * positions
    archive = write_story(small.story((small.seal(0, first), small.seal(1, several))))
    assert (python_verdict(archive), judge([archive])[0]["verdict"]) == ("accepted", "accepted")


@pytest.mark.parametrize("threshold", [False, True])
def test_both_programs_judge_every_change_alike(judge, threshold: bool) -> None:
    """Whatever is changed in whatever record, both refuse it or both let it be."""
    kinds: dict[str, list[tuple[str, Story]]] = {}
    for what, story in changed_stories(threshold):
        kinds.setdefault(what.partition(" ")[0], []).append((what, story))
    draw = random.Random(20211123)
    chosen = [one for kind in kinds.values() for one in draw.sample(kind, min(SAMPLE, len(kind)))]
    archives = [write_story(story) for _, story in chosen]
    verdicts = [str(one["verdict"]) for one in judge(archives)]
    differing = [
        (what, python, verdict)
        for (what, _), archive, verdict in zip(chosen, archives, verdicts, strict=True)
        if (python := python_verdict(archive)) != verdict
    ]
    assert differing == []


def test_both_programs_refuse_what_only_looks_like_an_election(judge) -> None:
    """Whose links and proofs all hold, and which yet is no election of this house, is refused by both; all else equal, accepted."""
    names, archives = zip(*forged(), strict=True)
    verdicts = [str(one["verdict"]) for one in judge((*archives, honest()))]
    assert (python_verdict(honest()), verdicts.pop()) == ("sound", "sound")
    taken = [
        (name, python, verdict)
        for name, archive, verdict in zip(names, archives, verdicts, strict=True)
        if ((python := python_verdict(archive)), verdict) != ("refused", "refused")
    ]
    assert taken == []
