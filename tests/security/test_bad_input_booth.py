"""Bad input at the booth's doors: a 4xx in one word, and nothing in the urn."""

from __future__ import annotations

import copy
import json
import random

import pytest
from doors import kept, post_doors
from joined import make_booth
from polling import prepare_poll

from votingapp.booth import create_booth


@pytest.fixture
def poll(store, found_election):
    """An open poll with three slips handed out."""
    return prepare_poll(store, found_election(store), slips=3, issued=3)


@pytest.fixture
def booth(settings, store, poll):
    return create_booth(settings, store)


@pytest.fixture
def refused(store, booth, poll):
    """Hand something in at every door and demand a 4xx in JSON, or in words where a person typed it; after the test nothing is kept: `refused(data)`."""
    tablet = make_booth(booth, store, poll.election)
    before, doors = kept(store), post_doors(booth, poll.election.slug)

    def check(data: bytes, content_type: str | None = "application/json") -> None:
        for door in doors:
            answer = tablet.post(door.path, data=data, content_type=content_type)
            assert 400 <= answer.status_code < 500, (door, answer.status_code, data[:80])
            if door.endpoint == "booth.join" and not answer.is_json:
                assert "<h1>" in answer.text, door  # a person typed it
            else:
                assert answer.json["status"] in {"error", "rejected"}, (door, answer.json)
            assert "Set-Cookie" not in answer.headers

    yield check
    assert kept(store) == before


def leaves(value, path=()):
    """The path of every member of a JSON value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from leaves(child, (*path, key))


def changed(record, path, change):
    """The record with the member at `path` changed: removed where `change` is Ellipsis."""
    twin = copy.deepcopy(record)
    parent = twin
    for key in path[:-1]:
        parent = parent[key]
    if change is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = change
    return json.dumps(twin, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b"\xff\xfe",
        b"\x00",
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b"1" * 100_000,
        b"NaN",
        b'{"credential":"\\ud800"}',
        json.dumps({"credential": "0" * 64, "more": 1}).encode(),
        json.dumps({"credential": 1e400}).encode(),
    ],
    ids=repr,
)
def test_what_is_no_ballot_and_no_slip_is_refused(refused, data):
    """Empty, broken, deep, huge-numbered and unknown JSON is told off at every door."""
    refused(data)


def test_ten_megabytes_are_not_read(refused):
    """A body beyond the limit is refused whole."""
    refused(b'{"a":"' + b"x" * 10_000_000 + b'"}')


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_taken(refused, poll, content_type):
    """A good ballot under another content type is refused: a form of another site could have sent it."""
    refused(poll.seal(poll.slips[0]), content_type)


@pytest.mark.parametrize("change", [..., None, 0, "", True, [], {"a": 1}, "f" * 64, "9" * 77], ids=repr)
def test_a_ballot_changed_in_any_member_is_refused(refused, poll, change):
    """Every member of a ballot, put to another value or taken away, makes it no ballot."""
    record = json.loads(poll.seal(poll.slips[0]))
    for path in leaves(record):
        data = changed(record, path, change)
        if json.loads(data) != record:
            refused(data)


def test_an_unknown_member_anywhere_is_refused(refused, poll):
    """Nothing may ride along inside a ballot."""
    record = json.loads(poll.seal(poll.slips[0]))
    refused(changed(record, ("note",), 1))
    for path in leaves(record):
        target = record
        for key in path:
            target = target[key]
        if isinstance(target, dict):
            refused(changed(record, (*path, "note"), "x"))


def test_a_ballot_with_any_byte_changed_is_refused(refused, poll):
    """A flipped, lost or added byte at random places never passes, blanks between members included."""
    raw = poll.seal(poll.slips[0])
    chance = random.Random(42)
    for _ in range(25):
        place = chance.randrange(len(raw))
        flipped = raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :]
        for data in (flipped, raw[:place] + raw[place + 1 :], raw[:place] + b" " + raw[place:], raw[:place]):
            refused(data)


@pytest.mark.parametrize(
    "path", ["/\x00/ballots", "/../ballots", "/" + "x" * 3000 + "/ballots", "/%f0%28/slip", "/'/slip"]
)
def test_an_address_of_no_election_is_not_found(store, booth, path):
    """Odd addresses lead nowhere and break nothing."""
    before = kept(store)
    answer = booth.test_client().post(path, data=b"{}", content_type="application/json")
    assert answer.status_code in {404, 405}
    assert kept(store) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_keep_nothing(store, booth, poll, method):
    """Casting, challenging and looking are POST only, and no door tells another site that it may knock."""
    tablet = make_booth(booth, store, poll.election)
    before = kept(store)
    doors = [door for door in post_doors(booth, poll.election.slug) if door.endpoint != "booth.join"]
    assert len(doors) == 3
    for door in doors:
        answer = tablet.open(door.path, method=method)
        assert answer.status_code in {405, 200 if method == "OPTIONS" else 405}
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert kept(store) == before
