"""Two squares are cut from a candidate's photograph: one for her page, one for the ballot, the same size for everybody."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from votingapp.documents.pictures.normalising import encode
from votingapp.store.photos import Squares

if TYPE_CHECKING:
    from votingapp.store.photos import Crop

PAGE_SIDE = 720
"""Pixels of the square on a candidate's page."""

BALLOT_SIDE = 240
"""Pixels of the square on the ballot."""


def cut(source: bytes, crop: Crop) -> Squares:
    """Cut the squares from a picture that `normalise` made; the same picture and crop give the same bytes."""
    with Image.open(BytesIO(source), formats=("JPEG",)) as picture:
        left, top, side = crop.box(picture.width, picture.height)
        box = (left, top, left + side, top + side)
        page, ballot = (_square(picture, box, length) for length in (PAGE_SIDE, BALLOT_SIDE))
    return Squares(page, ballot, crop)


def _square(picture: Image.Image, box: tuple[int, int, int, int], side: int) -> bytes:
    return encode(picture.resize((side, side), Image.Resampling.LANCZOS, box=box))
