"""What a voter's browser seals the town hall accepts, and what the town hall publishes her browser can check."""

from __future__ import annotations

import base64
import hashlib
import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from journey_protocol import BrowserProgram, Verdict, load_program
from json_changes import changes
from small_elections import SmallElection, small_election, write_story
from vector_elections import NAMES, VECTORS, VectorElection, negative_ballots, vector_election

from ballots.protocol.ballot import BallotRejected, CheckedBallot, check_ballot, judge_ballot
from ballots.protocol.credentials import derive_public
from tally.verification import Accepted, Rejected, SoundSoFar, verify_archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EVERY_FEW = 10
"""Of all changes to a ballot one in so many is judged by both programs; others judge them all by themselves."""


@pytest.fixture(scope="module")
def program(browser: Browser, frontend: Path, tmp_path_factory) -> Iterator[BrowserProgram]:
    """The TypeScript protocol in Chromium."""
    page = browser.new_page()
    yield load_program(page, frontend, tmp_path_factory.mktemp("program"))
    page.close()


def marks(small: SmallElection, chosen: Sequence[int]) -> tuple[int, ...]:
    """The plain choice for the answers with these indices, or blank."""
    named = tuple(int(index in chosen) for index in range(len(small.election.answers)))
    return (int(not chosen), *named) if small.election.blank else named


@pytest.mark.parametrize(
    ("shape", "votes"),
    [
        ({"answers": 15}, ([0], [14], [])),
        ({"answers": 15, "limits": (1, 5)}, ([0, 3, 7, 11, 14], [2], [])),
        ({"answers": 4, "blank": False, "limits": (0, 2)}, ([1, 3], [0])),
    ],
    ids=["one vote", "up to five votes", "no blank vote"],
)
def test_a_ballot_sealed_in_the_browser_is_counted_as_what_was_chosen(
    program: BrowserProgram, shape: dict[str, object], votes: tuple[list[int], ...]
) -> None:
    """Python accepts the browser's ballot, knows its receipt, and opens the sum to what was marked on the tablet."""
    small = small_election(**shape)
    ballots = []
    for voter, chosen in enumerate(votes):
        text, receipt = program.seal(small.election.raw.decode(), small.credentials[voter], chosen)
        checked = check_ballot(small.election, text.encode())
        assert checked.credential == derive_public(small.election.uuid, small.credentials[voter])
        assert checked.tracker == receipt == receipt_of(text)
        ballots.append(text.encode())
    archive = write_story(small.story(tuple(ballots)))
    cast = tuple(map(sum, zip(*(marks(small, chosen) for chosen in votes), strict=True)))
    verdict = verify_archive(BytesIO(archive))
    assert isinstance(verdict, Accepted)
    assert verdict.result == cast
    assert program.verify(archive) == Verdict(len(votes), verdict.last_event, cast)


def receipt_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


@pytest.mark.parametrize("threshold", [False, True], ids=["all trustees", "two of three"])
def test_an_archive_written_by_python_is_accepted_in_the_browser(program: BrowserProgram, threshold: bool) -> None:
    """From the set-up to the result each beginning of Python's archive is sound in the browser, and the whole complete."""
    small = small_election(threshold=threshold)
    ballots = (small.seal(0, (0, 1, 0)), small.seal(1, (0, 1, 0)), small.seal(2, (1, 0, 0)))
    story = small.story(ballots, owners=(1, 3) if threshold else None)
    for length in range(1, len(story)):
        found = program.verify(write_story(story[:length]))
        assert found is not None
        assert found.counts is None
    assert program.verify(write_story(story)).counts == (1, 2, 0)


@pytest.mark.parametrize("sealed_by", ["browser", "python"])
def test_both_refuse_the_same_changes_of_a_ballot(program: BrowserProgram, sealed_by: str) -> None:
    """A ballot sealed by either and changed in one place is refused by both."""
    small = small_election()
    if sealed_by == "browser":
        ballot, _ = program.seal(small.election.raw.decode(), small.credentials[0], [1])
    else:
        ballot = small.seal(0, (0, 0, 1)).decode()
    every = [changed for _, changed in changes(json.loads(ballot))]
    texts = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in every[::EVERY_FEW]]
    assert len(texts) > 40
    known = json.loads(small.public_credentials)
    assert program.check(small.election.raw.decode(), known, [ballot, *texts]) == [
        derive_public(small.election.uuid, small.credentials[0]),
        *(None for _ in texts),
    ]
    assert all(isinstance(judge_ballot(small.election, text.encode()), BallotRejected) for text in texts)


def test_both_judge_the_single_negative_ballots_as_expected(program: BrowserProgram) -> None:
    """Each of the ballots made to be refused is refused by both, and each valid one accepted by both."""
    of = vector_election("single-max1")
    cases = negative_ballots()
    found = program.check(of.election.raw.decode(), list(of.public.values()), [one["ballot"] for one in cases.values()])
    for (name, case), in_browser in zip(cases.items(), found, strict=True):
        assert (in_browser is not None) == (case["expected"] == "ok"), name
        assert accepts(of, case["ballot"].encode()) == (case["expected"] == "ok"), name


def accepts(of: VectorElection, ballot: bytes) -> bool:
    """Whether Python takes the ballot for one of this election, signed by a credential on its list."""
    judged = judge_ballot(of.election, ballot)
    return isinstance(judged, CheckedBallot) and judged.credential in of.public.values()


@pytest.mark.parametrize("name", NAMES)
def test_both_accept_each_election_of_the_original(program: BrowserProgram, name: str) -> None:
    """Both find the same ballots, the same counts and the same last event in each archive of the original program."""
    of = vector_election(name)
    archive = of.archive_path.read_bytes()
    verdict = verify_archive(BytesIO(archive))
    assert isinstance(verdict, Accepted)
    assert verdict.result == of.result
    assert program.verify(archive) == Verdict(verdict.ballots, verdict.last_event, verdict.result)


@pytest.mark.parametrize("path", sorted((VECTORS / "negative").glob("*.bel")), ids=lambda path: path.stem)
def test_both_refuse_each_forged_archive(program: BrowserProgram, path: Path) -> None:
    """Each archive that was forged with the genuine trustees' help is refused by both."""
    archive = path.read_bytes()
    assert isinstance(verify_archive(BytesIO(archive)), Rejected)
    assert program.verify(archive) is None


def test_both_call_a_shortened_archive_sound_and_not_complete(program: BrowserProgram) -> None:
    """Without its result an archive is sound so far for both, and complete for neither."""
    small = small_election()
    story = small.story((small.seal(0, (0, 1, 0)),))
    archive = write_story(story[:-1])
    verdict = verify_archive(BytesIO(archive))
    assert isinstance(verdict, SoundSoFar)
    assert program.verify(archive) == Verdict(1, verdict.last_event, None)
