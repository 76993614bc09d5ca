"""What is published of the paper ballots: anybody can add them to what the archive proves, with a program of the documentation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from votingapp.store import publication, urns

VERIFICATION = Path(__file__).parent.parent.parent / "docs" / "verification.md"


@pytest.fixture
def counted(any_store, board, on_paper, enter, figures):
    """A counted poll with three ballots in the urn: `counted((0, 3, 1), valid=4, marked=1)`, or with nobody on paper."""

    def hold(votes=(), valid: int = 0, **more: int):
        seated = board(any_store)
        seated.prepare()
        found = figures(votes, valid, **more)
        seated.vote((1,), (2,), (), meanwhile=lambda: on_paper(seated, found.ballots))
        for member in seated.members[:2] if found.ballots else ():
            enter(seated, member, found)
        seated.count()
        return seated

    return hold


@pytest.fixture
def files(tmp_path):
    """The three public files of an election in a folder: `files(board)`."""

    def write(board) -> list[Path]:
        paths = [tmp_path / name for name in ("election.bel", "counts.json", "paper.json")]
        with board.store.reading() as connection, paths[0].open("wb") as stream:
            urns.write_archive(connection, board.now(), stream)
            found = publication.published(connection, board.now())
        paths[1].write_text(found.counts_json, encoding="utf-8")
        paths[2].write_text(found.paper_json, encoding="utf-8")
        return paths

    return write


def run(paths: list[Path]) -> tuple[int, str]:
    """Run the program that the documentation gives."""
    (script,) = re.findall(
        r"```python\n(import json, sys, tarfile\n.*?)```", VERIFICATION.read_text("utf-8"), re.DOTALL
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout.strip()


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), encoding="utf-8")


@pytest.mark.parametrize(
    ("paper", "reason", "ballots"),
    [
        ({"votes": (0, 3, 1), "valid": 4, "blank": 1, "marked": 1}, None, 6),
        ({"votes": (0, 2, 1), "valid": 3, "blank": 1}, "fewer_than_five", None),
        ({}, "none", None),
    ],
)
def test_the_counts_are_the_urns_and_the_papers(counted, files, paper, reason, ballots):
    """From five ballots on each figure is the sum of two that are public; below, the file says why it has none."""
    paths = files(counted(**paper))
    published = json.loads(paths[2].read_text("utf-8"))
    assert (published["reason"], published["ballots"]) == (reason, ballots)
    assert (published["counts"] is None) is (ballots is None)
    assert run(paths) == (0, "the counts are the urn's and the paper's")


def test_counts_that_are_something_else_are_found_out(counted, files):
    """One blank vote more in the sum, or one fewer on paper, and the program says so."""
    paths = files(counted((0, 3, 1), valid=4, blank=1, marked=1))
    untouched = paths[1].read_text("utf-8")
    change(paths[1], blank=3)
    assert run(paths) == (1, "the counts are something else")
    paths[1].write_text(untouched, encoding="utf-8")
    published = json.loads(paths[2].read_text("utf-8"))["counts"]
    change(paths[2], counts=published | {"invalid": 0})
    assert run(paths) == (1, "the counts are something else")
    change(paths[2], counts=None, reason="none")
    assert run(paths) == (1, "the counts are something else")
