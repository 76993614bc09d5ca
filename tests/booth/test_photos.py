"""The pictures on the ballot: those of the frozen nominations, the same room for everybody, kept by the tablet."""

from __future__ import annotations

from hashlib import sha256

import pytest
from joined import make_booth
from photographs import put_photo, quarters, read, written
from polling import prepare_poll
from sqlalchemy import update

from votingapp.documents.pictures.cropping import cut
from votingapp.documents.pictures.normalising import normalise
from votingapp.store import nominations, photos
from votingapp.store.ballot_paper import FROZEN
from votingapp.store.ballot_pictures import photo_hashes
from votingapp.store.photos import Crop, Taken
from votingapp.store.tables.nominations import nomination

SILHOUETTE = "/static/silhouette.svg"


def give_photo(store, election, name: str) -> None:
    """Put a photograph on the nomination of a candidate, past the desks, and freeze the pictures as they are then."""

    def act(work) -> None:
        put_photo(work, election, name)
        work.record(election.id, "test", FROZEN, pictures=photo_hashes(work, election.id))

    store.write(act)


def exchange(store, poll, photo_id: str | None) -> None:
    """Put another photograph, or none, on the second line behind the back of the log."""

    def act(work) -> None:
        work.connection.execute(update(nomination).where(nomination.c.ballot_number == 2).values(photo_id=photo_id))
        work.keep_unrecorded()

    store.write(act)


@pytest.fixture
def illustrated(store, poll):
    """The open poll, in which the second of three candidates has a photograph."""
    give_photo(store, poll.election, "Åse Østergård")
    return poll


def pictures(tablet, poll) -> list[str | None]:
    """What the ballot paper says about each candidate's picture."""
    return [one["photo"] for one in tablet.get(f"/{poll.election.slug}/election.json").json["candidates"]]


def test_who_has_no_photograph_has_a_figure_in_the_same_place(tablet, illustrated) -> None:
    """Where one candidate has a photograph, everybody has a picture: hers, or the figure that stands for all others."""
    address = f"/{illustrated.election.slug}/photos/2.jpg"
    assert pictures(tablet, illustrated) == [SILHOUETTE, address, SILHOUETTE]
    assert read(tablet.get(address).data).size == (240, 240)
    figure = tablet.get(SILHOUETTE)
    assert figure.status_code == 200
    assert b"<script" not in figure.data
    figure.close()


def test_the_tablet_is_told_the_hash_of_each_picture_as_it_was_frozen(tablet, store, illustrated) -> None:
    """Whatever lies in the house now: a picture that was exchanged or erased since then leaves the hashes as they are."""
    address = f"/{illustrated.election.slug}/photos/2.jpg"
    paper = tablet.get(f"/{illustrated.election.slug}/election.json").json
    with tablet.get(SILHOUETTE) as figure:
        named = {
            "figure": sha256(figure.data).hexdigest(),
            "photos": [None, sha256(tablet.get(address).data).hexdigest(), None],
        }
    assert paper["pictures"] == named
    other = normalise(written(quarters(900, 900))).source
    taken = Taken(other, cut(other, Crop()))

    def add(work) -> str:
        work.keep_unrecorded()
        return photos.add(work, illustrated.election.id, None, taken)

    exchange(store, illustrated, store.write(add))
    assert sha256(tablet.get(address).data).hexdigest() not in named["photos"]
    assert tablet.get(f"/{illustrated.election.slug}/election.json").json["pictures"] == named
    exchange(store, illustrated, None)
    assert tablet.get(f"/{illustrated.election.slug}/election.json").json["pictures"] == named
    assert pictures(tablet, illustrated) == [SILHOUETTE] * 3


def test_where_nobody_has_a_photograph_there_is_no_picture(tablet, poll) -> None:
    """Three figures that are all alike would help nobody."""
    assert pictures(tablet, poll) == [None, None, None]


def test_a_tablet_keeps_what_it_was_given(tablet, illustrated) -> None:
    """The picture may be kept for a day, by the tablet alone, and is nothing but a picture."""
    answer = tablet.get(f"/{illustrated.election.slug}/photos/2.jpg")
    assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer.headers
    again = tablet.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("number", ["0", "1", "4", "-1", "02x", "99999999999999999999", "2.5"])
def test_a_line_without_a_photograph_has_no_address(tablet, illustrated, number: str) -> None:
    """No picture is served for a line that has none, or that the ballot does not have."""
    assert tablet.get(f"/{illustrated.election.slug}/photos/{number}.jpg").status_code == 404


def test_before_the_freeze_the_booth_shows_nobody(store, booth, found_election) -> None:
    """An accepted candidate who has no number on the ballot yet is not to be seen in the booth."""
    election = found_election(store)
    poll = prepare_poll(store, election, state="not_open")
    tablet = make_booth(booth, store, election)
    give_photo(store, election, "Åse Østergård")

    def thaw(work) -> None:
        work.connection.execute(update(nomination).values(ballot_number=None))
        work.keep_unrecorded()

    store.write(thaw)
    assert pictures(tablet, poll) == []
    assert [tablet.get(f"/{election.slug}/photos/{number}.jpg").status_code for number in range(5)] == [404] * 5
    with store.reading() as connection:
        assert sum(filed.photo_id is not None for filed in nominations.every(connection, election.id)) == 1


def test_another_elections_pictures_are_not_served(store, booth, illustrated, found_election) -> None:
    """The number on one ballot does not open another election's picture."""
    other = prepare_poll(store, found_election(store, slug="anden")).election
    tablet = make_booth(booth, store, other)
    assert tablet.get("/anden/photos/2.jpg").status_code == 404
