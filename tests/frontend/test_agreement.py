"""Two programs written apart from one another judge every archive alike."""

from __future__ import annotations

import json
import random
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forged_setups import forged, honest
from json_changes import changes
from small_elections import SmallElection, small_election, write_story

from ballots.archive import EventType, write_owned, write_setup
from tally.verification import Accepted, SoundSoFar, verify_archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from small_elections import Story

FRONTEND = Path(__file__).parents[2] / "frontend"
SAMPLE = 8
"""Changed archives of each kind of record: all of them would take a quarter of an hour."""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[bytes]], list[dict[str, object]]]:
    """The TypeScript verifier: archives in, verdicts out."""
    folder = tmp_path_factory.mktemp("judge")
    program = folder / "judge.mjs"
    bundler = ["node_modules/.bin/esbuild", "tests/judge.ts", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([*bundler, "--log-level=warning", f"--outfile={program}"], cwd=FRONTEND, check=True)

    def judged(archives: Sequence[bytes]) -> list[dict[str, object]]:
        paths = [folder / f"{place}.bel" for place in range(len(archives))]
        for path, archive in zip(paths, archives, strict=True):
            path.write_bytes(archive)
        names = "".join(f"{path}\n" for path in paths)
        done = subprocess.run(["node", program], input=names, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return judged


def python_verdict(archive: bytes) -> str:
    """What the Python verifier says, in the words of the other."""
    match verify_archive(BytesIO(archive)):
        case Accepted():
            return "accepted"
        case SoundSoFar():
            return "sound"
    return "refused"


def whole_story(*, threshold: bool) -> tuple[SmallElection, Story]:
    """An election with two votes and a blank one, decrypted by two trustees."""
    small = small_election(threshold=threshold)
    ballots = (small.seal(0, (0, 1, 0)), small.seal(1, (0, 0, 1)), small.seal(2, (1, 0, 0)))
    return small, small.story(ballots, owners=(1, 3) if threshold else (1, 2))


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


def changed_stories(threshold: bool) -> Iterator[tuple[str, Story]]:
    """Archives with one change in one record, their links made good again, so that only the record can tell."""
    small, story = whole_story(threshold=threshold)
    setup = story[0][1]
    for place, name in enumerate(("election", "trustees", "credentials")):
        for what, text in changed_texts(setup[place]):
            data = (*setup[:place], text, *setup[place + 1 : 3])
            yield f"{name} {what}", ((EventType.SETUP, (*data, write_setup(*data))),)
    for what, text in changed_texts(setup[3]):
        yield f"setup {what}", ((EventType.SETUP, (*setup[:3], text)),)
    for what, text in changed_texts(story[1][1][0]):
        yield f"ballot {what}", (story[0], (EventType.BALLOT, (text,)))
        yield f"ballot signed again {what}", (story[0], (EventType.BALLOT, (signed_again(small, text),)))
    end = 4
    for place, name in enumerate(("tally", "sized")):
        record = story[end + 1][1]
        for what, text in changed_texts(record[place]):
            data = (*record[:place], text, *record[place + 1 :])
            yield f"{name} {what}", (*story[: end + 1], (EventType.ENCRYPTED_TALLY, data))
    for what, text in changed_texts(story[6][1][0]):
        chapter = (EventType.PARTIAL_DECRYPTION, (text, write_owned(text, 1)))
        yield f"decryption {what}", (*story[:6], chapter, *story[7:])
    for what, text in changed_texts(story[6][1][1]):
        yield f"owned {what}", (*story[:6], (EventType.PARTIAL_DECRYPTION, (story[6][1][0], text)), *story[7:])
    for what, text in changed_texts(story[-1][1][0]):
        yield f"result {what}", (*story[:-1], (EventType.RESULT, (text,)))


def changed_texts(record: bytes) -> Iterator[tuple[str, bytes]]:
    """Every change of one place of a record."""
    for what, changed in changes(json.loads(record)):
        yield what, json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()


def signed_again(small: SmallElection, ballot: bytes) -> bytes:
    """The changed ballot with its own voter's signature, where it still can be signed."""
    changed = json.loads(ballot)
    return small.sign(changed, 0) if isinstance(changed, dict) else ballot


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
