"""What a tablet is given to play: every pack by the hash that the log names, and nothing else of the folder."""

from __future__ import annotations

import hashlib

import pytest
from werkzeug.test import Client

from votingapp.recordings import shelf
from votingapp.recordings.pack import Clip, write_pack
from votingapp.store.elections import urn_of
from votingapp.store.recordings import Pack, Recordings, record_made

PACKS = {"da": write_pack([Clip("a.one", "Hej", b"hej")]), "names": write_pack([Clip("name.1", "Bo", b"bo")])}


def lay(store, settings, election, packs: dict[str, bytes]) -> Recordings:
    """Put packs on the shelf of an election and name them in its log, past the engine."""
    listed = tuple(Pack(language, hashlib.sha256(raw).hexdigest(), len(raw), 1) for language, raw in packs.items())
    made = Recordings("eSpeak NG 1.52.0", listed, ())
    store.write(lambda work: record_made(work, election.id, made))
    shelf.lay(folder(store, settings, election), packs.values())
    return made


def folder(store, settings, election):
    with store.reading() as connection:
        return shelf.folder_of(settings.home, urn_of(connection, election.urn_uuid).election_json.encode())


@pytest.fixture
def address(poll):
    return f"/{poll.election.slug}"


def test_a_tablet_is_told_of_every_pack_and_given_each(store, settings, poll, tablet, address):
    """The election names the packs with hash and size; each is served as it is, to be kept for the day."""
    assert tablet.get(f"{address}/election.json").json["recordings"] == []
    made = lay(store, settings, poll.election, PACKS)
    listed = tablet.get(f"{address}/election.json").json["recordings"]
    assert listed == [{"language": one.language, "sha256": one.sha256, "size": one.size} for one in made.packs]
    for one, raw in zip(listed, PACKS.values(), strict=True):
        answer = tablet.get(f"{address}/recordings/{one['sha256']}.pack")
        assert answer.data == raw
        assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
        assert "Set-Cookie" not in answer.headers


def test_a_pack_is_given_by_the_name_that_the_log_has_and_no_other(store, settings, poll, booth, tablet, address):
    """What merely lies in the folder is not served, nor anything to who has not joined; a pack that is lost is not named."""
    made = lay(store, settings, poll.election, PACKS)
    place = folder(store, settings, poll.election)
    (place / f"{'0' * 64}.pack").write_bytes(b"slipped in")
    for wrong in ("0" * 64, "f" * 64, "..", made.packs[0].sha256.upper()):
        assert tablet.get(f"{address}/recordings/{wrong}.pack").status_code == 404
    assert Client(booth).get(f"{address}/recordings/{made.packs[0].sha256}.pack").status_code == 403
    (place / f"{made.packs[0].sha256}.pack").unlink()
    assert [one["language"] for one in tablet.get(f"{address}/election.json").json["recordings"]] == ["names"]


def test_recordings_made_anew_take_the_place_of_those_before(store, settings, poll, tablet, address):
    """The log's last word counts, and packs of the one before are gone."""
    before = lay(store, settings, poll.election, PACKS)
    lay(store, settings, poll.election, {"da": PACKS["da"] + b"more"})
    assert [one["language"] for one in tablet.get(f"{address}/election.json").json["recordings"]] == ["da"]
    assert tablet.get(f"{address}/recordings/{before.packs[1].sha256}.pack").status_code == 404
