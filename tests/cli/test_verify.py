"""The command `verify`."""

import json
from pathlib import Path

import pytest

VECTORS = Path(__file__).parent.parent / "vectors"
COMPLETE = sorted(path for path in VECTORS.glob("*/*.bel") if path.parent.name != "negative")
BLOCK = 512


@pytest.mark.parametrize("archive", COMPLETE, ids=lambda path: path.parent.name)
def test_complete_archive_is_accepted(run, archive):
    """An election made with the original program is accepted, with its result: exit 0."""
    done = run("verify", archive, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["verdict"] == "accepted"
    assert found["result"] == json.loads((archive.parent / "result.json").read_text(encoding="utf-8"))["result"][0]


@pytest.mark.parametrize("archive", sorted((VECTORS / "negative").glob("*.bel")), ids=lambda path: path.stem)
def test_false_archive_is_rejected_with_its_reason(run, archive):
    """Each forged archive is rejected with a reason and a place: exit 1."""
    done = run("verify", archive, "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["verdict"] == "rejected"
    assert found["reason"]
    assert found["place"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", bytes(5000)])
def test_what_is_no_archive_is_unreadable(run, tmp_path, content):
    """Another kind of file is unreadable: exit 2."""
    file = tmp_path / "election.bel"
    file.write_bytes(content)
    done = run("verify", file, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["verdict"] == "unreadable"


def test_archive_without_result_is_sound_so_far(run, held, tmp_path):
    """An archive that stops before its result is never accepted: exit 4."""
    whole = (held / "election.bel").read_bytes()
    # The last three blocks-and-content belong to the result and its event: cut before the result's data member.
    result = whole.rindex(b'{"result":')
    file = tmp_path / "election.bel"
    file.write_bytes(whole[: result - BLOCK])
    done = run("verify", file, "--json")
    assert done.returncode == 4, done.stdout
    assert json.loads(done.stdout)["verdict"] == "sound_so_far"


def test_missing_file_is_one_line(run, tmp_path):
    """A file that is not there is said in one line: exit 2."""
    done = run("verify", tmp_path / "none.bel")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
