"""A file that was handed in is a photograph with its squares, or refused; nothing is kept yet."""

from __future__ import annotations

from votingapp.documents.pictures.cropping import cut
from votingapp.documents.pictures.darkroom import develop
from votingapp.documents.pictures.normalising import PictureRefusal
from votingapp.store.photos import Crop, Taken


def take(raw: bytes) -> Taken | PictureRefusal:
    """Develop a file and cut the largest square out of its middle, until she says otherwise."""
    picture = develop(raw)
    if isinstance(picture, PictureRefusal):
        return picture
    return Taken(picture.source, cut(picture.source, Crop()))
