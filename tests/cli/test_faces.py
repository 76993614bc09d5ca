"""The drawn faces of invented candidates."""

import sqlite3
from io import BytesIO

from PIL import Image

from votingapp.demo.faces import portrait
from votingapp.documents.pictures.normalising import Picture, normalise


def test_a_face_follows_from_its_seed():
    """The same seed gives the same bytes, and each of a hundred seeds a face of its own."""
    faces = {portrait(str(seed)) for seed in range(100)}
    assert len(faces) == 100
    assert portrait("7") in faces


def test_a_face_is_a_photograph_as_any_other():
    """It is a square JPEG, taken in at its full size by what takes in every photograph."""
    picture = normalise(portrait("1"))
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (720, 720)


def test_a_face_fills_its_square():
    """In the middle there is skin, in the corner wall, and the two differ."""
    image = Image.open(BytesIO(portrait("1")))
    assert max(abs(a - b) for a, b in zip(image.getpixel((360, 400)), image.getpixel((10, 10)), strict=True)) > 20


def test_every_candidate_of_a_demo_has_one(held):
    """Seven candidates, seven photographs, each named by one nomination."""
    database = sqlite3.connect(held / "house" / "rehearsal" / "election.db")
    named = [row[0] for row in database.execute("SELECT photo_id FROM nomination")]
    kept = [row[0] for row in database.execute("SELECT id FROM photo")]
    database.close()
    assert len(kept) == 7
    assert sorted(named) == sorted(kept)
