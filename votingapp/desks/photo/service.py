"""A candidate's photograph is hers until a nomination names it, the secretariat's to look at, and everybody's once accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from candidates.nomination import NominationState
from votingapp.documents.pictures.cropping import cut
from votingapp.documents.pictures.normalising import PictureRefusal
from votingapp.documents.pictures.taking import take
from votingapp.store import elections, looks, nominations, photos
from votingapp.store.audit import CANDIDATE
from votingapp.store.photos import Size
from votingapp.web import throttle

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.photos import Crop, Photo, Squares, Taken
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

Outcome = TypeVar("Outcome")

PER_APPLICANT = 20
"""Photographs one applicant may hand in within a quarter of an hour: enough to be choosy, too few to keep the house busy."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The photograph is kept as she wants it."""


@dataclass(frozen=True, slots=True)
class Removed:
    """She has no photograph any more."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The file is no photograph for us; what was there before stays."""

    reason: PictureRefusal


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too many in too short a time; nothing is changed."""


@dataclass(frozen=True, slots=True)
class BallotFixed:
    """The ballot is fixed, and the photographs on it with it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The photograph she speaks of is not hers, or not hers any more: removed or replaced in another window."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an applicant sees of her photograph; `unsent`: her nomination came in with another one, or with none."""

    photo: Photo | None
    fixed: bool
    unsent: bool


def own(store: Store, election: Election, applicant: Applicant) -> Own:
    """How an applicant's photograph stands."""
    with store.reading() as connection:
        current = photos.current_of(connection, election.id, applicant.id)
        filed = nominations.of_applicant(connection, election.id, applicant.id)
        return Own(
            photo=photos.find(connection, election.id, current) if current else None,
            fixed=elections.by_id(connection, election.id).ballot_fixed,
            unsent=filed is not None and filed.photo_id != current,
        )


def add(store: Store, election: Election, applicant: Applicant, raw: bytes) -> Kept | NotTaken | HeldBack | BallotFixed:
    """Keep a file as an applicant's photograph, in the place of the one before."""
    door = f"photo:{applicant.id}"
    if throttle.is_shut(store, door, PER_APPLICANT):
        return HeldBack()
    throttle.count_failure(store, door)
    taken = take(raw)
    if isinstance(taken, PictureRefusal):
        return NotTaken(taken)
    return _unless_fixed(store, election, lambda work: _add(work, election, applicant, taken))


def crop(
    store: Store, election: Election, applicant: Applicant, photo_id: str, chosen: Crop
) -> Kept | Gone | BallotFixed:
    """Cut the squares anew, as she says."""
    with store.reading() as connection:
        is_hers = photos.current_of(connection, election.id, applicant.id) == photo_id
        source = photos.pixels(connection, store.vault, election.id, photo_id, Size.SOURCE) if is_hers else None
    if source is None:
        return Gone()
    squares = cut(source, chosen)
    return _unless_fixed(store, election, lambda work: _crop(work, election, applicant, photo_id, squares))


def remove(store: Store, election: Election, applicant: Applicant) -> Removed | Gone | BallotFixed:
    """Take an applicant's photograph away."""

    def take_away(work: Work) -> Removed | Gone:
        photo_id = photos.remove(work, election.id, applicant.id)
        if photo_id is None:
            return Gone()
        work.record(election.id, CANDIDATE, "photo_removed", photo=photo_id)
        return Removed()

    return _unless_fixed(store, election, take_away)


def own_pixels(store: Store, election: Election, applicant: Applicant, size: Size) -> bytes | None:
    """An applicant's own photograph as JPEG, or None."""
    with store.reading() as connection:
        current = photos.current_of(connection, election.id, applicant.id)
        return photos.pixels(connection, store.vault, election.id, current, size) if current else None


def published_pixels(store: Store, election: Election, public_id: str, size: Size) -> bytes | None:
    """The photograph of an accepted candidate as JPEG; None for anybody else, whether or not there is one."""
    with store.reading() as connection:
        filed = nominations.by_public_id(connection, election.id, public_id)
        if filed is None or filed.photo_id is None or filed.state is not NominationState.ACCEPTED:
            return None
        return photos.pixels(connection, store.vault, election.id, filed.photo_id, size)


def nominated_pixels(store: Store, election: Election, official: Staff, nomination_id: str) -> bytes | None:
    """The photograph that came with a nomination, as the secretariat sees it; a look before it is published is noted."""

    def look(work: Work) -> bytes | None:
        filed = nominations.find(work.connection, election.id, nomination_id)
        if filed is None or filed.photo_id is None:
            return None
        if filed.state is not NominationState.ACCEPTED:
            seen = looks.What.NOMINATION_PHOTO
            looks.note(work, election.id, official.id, seen, subject_hash=filed.cpr_hash, nomination_id=filed.id)
        return photos.pixels(work.connection, work.vault, election.id, filed.photo_id, Size.PAGE)

    return store.write(look)


def _add(work: Work, election: Election, applicant: Applicant, taken: Taken) -> Kept:
    photo_id = photos.add(work, election.id, applicant.id, taken)
    work.record(election.id, CANDIDATE, "photo_added", photo=photo_id)
    return Kept()


def _crop(work: Work, election: Election, applicant: Applicant, photo_id: str, squares: Squares) -> Kept | Gone:
    found = photos.find(work.connection, election.id, photo_id)
    if found is None or found.applicant_id != applicant.id:
        return Gone()
    if found.crop != squares.crop:
        kept = photos.recrop(work, election.id, photo_id, squares)
        work.record(election.id, CANDIDATE, "photo_cropped", photo=kept)
    return Kept()


def _unless_fixed(store: Store, election: Election, act: Callable[[Work], Outcome]) -> Outcome | BallotFixed:
    """Do something to a photograph in one transaction, unless the ballot is fixed in it."""

    def write(work: Work) -> Outcome | BallotFixed:
        if elections.by_id(work.connection, election.id).ballot_fixed:
            return BallotFixed()
        return act(work)

    return store.write(write)
