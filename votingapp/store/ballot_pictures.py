"""The pictures on the ballot as they were frozen: the log names each by its hash, so that their rows need not be trusted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.pictures import pictures_hash
from votingapp.resources import figure_path
from votingapp.store import audit, ballot_paper, photos
from votingapp.store.ballot_paper import FROZEN
from votingapp.store.photos import Size

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Pictures:
    """The SHA-256 (hex) of each picture, by number from 1, None for who had none; `figure` is what stands for her."""

    figure: str
    photos: tuple[str | None, ...]

    @property
    def sha256(self) -> str:
        """One hash (hex) for all of them, "" where nobody had a picture."""
        return pictures_hash(self.figure, self.photos)


def photo_hashes(work: Work, election_id: str) -> tuple[str | None, ...]:
    """What is about to be frozen, as it lies in the house now."""
    return tuple(_hash(work, election_id, line.photo_id) for line in ballot_paper.lines(work.connection, election_id))


def frozen_pictures(connection: Connection, election_id: str) -> Pictures:
    """The pictures that were frozen; none before the freeze, and where the log names none."""
    entry = audit.last(connection, election_id, FROZEN)
    named = () if entry is None else json.loads(entry.details).get("pictures", ())
    return Pictures(hashlib.sha256(figure_path().read_bytes()).hexdigest(), tuple(named))


def _hash(work: Work, election_id: str, photo_id: str | None) -> str | None:
    if photo_id is None:
        return None
    jpeg = photos.pixels(work.connection, work.vault, election_id, photo_id, Size.BALLOT)
    return None if jpeg is None else hashlib.sha256(jpeg).hexdigest()
