"""The vectors of the challenge are those of the page and of the house: written anew they are the same, and each is a good ballot."""

import base64
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from ballots.protocol.ballot import check_ballot
from ballots.protocol.credentials import derive_secret
from ballots.protocol.election import parse_election
from ballots.protocol.group import ORDER
from ballots.protocol.hashing import digest_base64

ROOT = Path(__file__).parent.parent.parent.parent
FOLDER = ROOT / "tests" / "vectors" / "challenge"
CASES = sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != "refused")


def read(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def test_the_script_writes_what_is_there(tmp_path, monkeypatch):
    """Nobody has changed a vector by hand, nor the script without writing them."""
    spec = importlib.util.spec_from_file_location("writer", ROOT / "scripts" / "write_challenge_vectors.py")
    writer = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "writer", writer)
    spec.loader.exec_module(writer)
    writer.FOLDER = tmp_path
    writer.main()
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


@pytest.mark.parametrize("name", CASES)
def test_each_is_a_ballot_like_any_other(name):
    """What is sealed from a seed has the form of every ballot, and the commitment is its tracker."""
    vector = read(name)
    checked = check_ballot(parse_election(vector["election"].encode()), vector["ballot"].encode())
    assert checked.tracker == vector["commitment"]
    assert checked.credential == vector["public_credential"]


@pytest.mark.parametrize("name", CASES)
def test_an_opening_gives_the_slip_away_only_to_who_has_the_nonce(name):
    """With the nonce anybody reckons the secret, and no number of the stream is that nonce: so it must come from outside it."""
    vector = read(name)
    record = base64.urlsafe_b64decode(vector["opening"] + "==")
    challenge, response = (int.from_bytes(record[at : at + 32], "big") for at in (97, 129))
    secret = int.from_bytes(
        derive_secret(parse_election(vector["election"].encode()).uuid, vector["credential"]), "little"
    )

    def reckoned(nonce: int) -> int:
        return (nonce - response) * pow(challenge, -1, ORDER) % ORDER

    assert reckoned(int(vector["nonce"], 16)) == secret
    assert all(reckoned(int(drawn)) != secret for drawn in vector["first_draws"])


def test_what_is_refused_differs_from_what_is_not():
    """Each refused case is another than the vectors, and each finding of the page is there."""
    refused = read("refused")
    good = {(vector["election"], vector["commitment"], vector["opening"]) for vector in map(read, CASES)}
    assert not [one["name"] for one in refused if (one["election"], one["commitment"], one["opening"]) in good]
    assert {one["finding"] for one in refused} == {
        "unreadable", "other_election", "credential", "marks", "signature", "commitment"
    }  # fmt: skip
    assert all(digest_base64(one["election"].encode()) for one in refused)
