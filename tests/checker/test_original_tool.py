"""Belenios' own tool, of which not a line is ours, judges our elections as the document tells a reader to make it do."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from changed_stories import whole_story
from original_tool import follow
from small_elections import small_election, write_story

from ballots.archive import EventType, write_owned
from tally.result import write_result
from tally.verification import Accepted, verify_archive

if TYPE_CHECKING:
    from pathlib import Path

    from small_elections import Story


@pytest.mark.parametrize("threshold", [False, True], ids=["all trustees", "two of three"])
def test_it_accepts_an_election_of_ours_with_the_same_figures(tmp_path: Path, threshold: bool) -> None:
    """Each ballot, the sum byte for byte, the opening by all or by two of three, and the numbers."""
    _, story = whole_story(threshold=threshold)
    archive = write_story(story)
    found = follow(archive, tmp_path / "reader")
    expected = verify_archive(BytesIO(archive))
    assert isinstance(expected, Accepted)
    ((tally, record),) = (data for kind, data in story if kind is EventType.ENCRYPTED_TALLY)
    assert (found.ballots, found.refused, found.passed) == (3, (), True)
    assert (found.tally.encode(), found.record.encode(), found.counts) == (tally, record, expected.result)


def test_it_accepts_several_votes_and_a_question_without_blank(tmp_path: Path) -> None:
    """The other forms that a rule set can ask for."""
    several, plain = small_election(answers=4, limits=(1, 3)), small_election(blank=False, limits=(0, 2))
    for name, small, choices in (
        ("several", several, ((1, 0, 0, 0, 0), (0, 1, 0, 1, 1))),
        ("plain", plain, ((0, 0), (1, 1))),
    ):
        archive = write_story(small.story(tuple(small.seal(voter, one) for voter, one in enumerate(choices))))
        found = follow(archive, tmp_path / name)
        assert (found.refused, found.passed) == ((), True)
        assert found.counts == tuple(map(sum, zip(*choices, strict=True)))


def _with_a_changed_ballot(story: Story) -> Story:
    ballot = json.loads(story[1][1][0])
    proof = ballot["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str(int(proof["response"]) + 1)
    changed = small_election().sign(ballot, 0)
    return (story[0], (EventType.BALLOT, (changed,)), *story[2:])


def _with_another_result(story: Story) -> Story:
    return (*story[:-1], (EventType.RESULT, (write_result((0, 2, 1)),)))


def _with_a_wrong_opening(story: Story) -> Story:
    opened = json.loads(story[6][1][0])
    proof = opened["decryption_proofs"][0][0]
    proof["response"] = str(int(proof["response"]) + 1)
    changed = json.dumps(opened, separators=(",", ":")).encode()
    return (*story[:6], (EventType.PARTIAL_DECRYPTION, (changed, write_owned(changed, 1))), *story[7:])


def test_it_refuses_what_was_changed(tmp_path: Path) -> None:
    """The ballot by its number, and an archive whose numbers or opening are not those of the sum."""
    _, story = whole_story(threshold=False)
    found = follow(write_story(_with_a_changed_ballot(story)), tmp_path / "ballot")
    assert found.refused == ("1",)
    for name, changed in (("result", _with_another_result(story)), ("opening", _with_a_wrong_opening(story))):
        found = follow(write_story(changed), tmp_path / name)
        assert (name, found.refused, found.passed) == (name, (), False)
