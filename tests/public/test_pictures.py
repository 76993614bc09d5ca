"""Anybody finds the hash of the pictures that the board signed, from the pictures that everybody sees."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from board import CANDIDATES, seat_board
from in_a_thread import serving
from photographs import put_photo
from shown import set_state

from candidates.nomination import NominationState
from votingapp.documents.zero_report import read_zero
from votingapp.store import nominations, reports

LIST = "/koege-2021/pictures.json"
VERIFICATION = Path(__file__).parents[2] / "docs" / "verification.md"


@pytest.fixture
def board(store, found_election, add_staff):
    """A board with two of three candidates photographed."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    for name in CANDIDATES[:2]:

        def put(work, name=name) -> None:
            put_photo(work, seated.election, name)
            work.record(seated.election.id, "test", "photographed")

        store.write(put)
    return seated


def signed(store, board) -> str:
    """What the report of the empty urn says of the pictures."""
    with store.reading() as connection:
        return read_zero(reports.kept(connection, board.election.id, reports.ZERO_REPORT).body).pictures


def check(tmp_path, office: str) -> subprocess.CompletedProcess[str]:
    """Run the program of the page for whoever checks, which needs nothing of ours."""
    section = VERIFICATION.read_text(encoding="utf-8").partition("\n## The pictures on the ballot\n")[2]
    program = section.partition("```python\n")[2].partition("```")[0]
    (tmp_path / "pictures.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-I", "pictures.py", f"{office}{LIST}"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)


def test_an_observer_finds_the_signed_hash_from_the_public_pictures(client, office, store, board, tmp_path):
    """There is no list before the freeze; after it the documented program finds the hash, and who withdraws keeps hers in it."""
    assert client.get(LIST).status_code == 404
    board.freeze()
    board.open()
    listed = client.get(LIST).json
    assert listed["pictures"] == signed(store, board)
    assert [one["sha256"] is None for one in listed["photos"]].count(True) == 1
    assert f">{listed['pictures']}</code>" in client.get("/koege-2021/openness").text
    with serving(office) as address:
        found = check(tmp_path, address)
        assert (found.returncode, found.stdout.split()[-1]) == (0, listed["pictures"]), found
        with store.reading() as connection:
            gone = next(one for one in nominations.every(connection, board.election.id) if one.name == CANDIDATES[0])
        set_state(store, board.election, gone, NominationState.WITHDRAWN)
        later = client.get(LIST).json
        assert later["photos"][gone.ballot_number - 1]["address"] is None
        found = check(tmp_path, address)
        assert (found.returncode, found.stdout.split()[-1]) == (0, listed["pictures"]), found
        assert f"{gone.ballot_number} {CANDIDATES[0]}: not public" in found.stdout


def test_a_picture_that_was_exchanged_is_found_by_name(office, store, board, tmp_path):
    """Another photograph behind the back of the log is another hash than the signed one, and the program says whose."""
    board.freeze()
    board.open()

    def exchange(work) -> None:
        put_photo(work, board.election, CANDIDATES[0], turned=90)
        work.keep_unrecorded()

    store.write(exchange)
    with serving(office) as address:
        found = check(tmp_path, address)
    assert found.returncode == 1
    assert [line.partition(": ")[0][2:] for line in found.stdout.splitlines() if "another picture" in line] == [
        CANDIDATES[0]
    ]
    assert signed(store, board) not in found.stdout
