"""Before the vote everybody's name hangs on the wall: a poster and a flyer, the same room for each who stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from votingapp.documents.framing import framed
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_SILHOUETTE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path fill="#e3e8ee" d="M0 0h48v48H0z"/>'
    b'<circle cx="24" cy="19" r="9" fill="#8a97a6"/><path fill="#8a97a6" d="M6 48c0-12 8-17 18-17s18 5 18 17z"/></svg>'
)

_GRIDS = ((6, 3, 2), (16, 4, 4))
"""Up to so many candidates: columns and rows of a poster's page; with more there are 25 to a page."""

_LARGEST_GRID = (5, 5)

_COLUMNS = ((15, 1), (40, 2))
"""Up to so many candidates: columns of a flyer's list; with more there are three."""

_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate on a paper; `photo_id` names one of the pictures, None is a silhouette, `alt` says what is seen."""

    number: int | None
    name: str
    line: str
    group: str
    photo_id: str | None
    alt: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a paper says in one language, already in that language; `direction` is ltr or rtl.

    `pages` has `{page}` and `{pages}` where the numbers go. `facts` are names with what is true of them. `where` is the
    place of the poll, in Danish in every language, "" where the rules name none.
    """

    language: str
    direction: str
    title: str
    when: str
    order: str
    facts: tuple[tuple[str, str], ...]
    steps_title: str
    steps: tuple[str, ...]
    address: str
    code: str
    pages: str
    authentic: str
    rehearsal: str
    replaced: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a flyer and a poster tell of an election; `address` is its page, absolute, and `people` are in ballot order."""

    election: str
    municipality: str
    day: date
    address: str
    rehearsal: bool
    people: tuple[Person, ...]
    wording: Wording

    @property
    def photo_ids(self) -> tuple[str, ...]:
        """The photographs it shows, in order."""
        return tuple(one.photo_id for one in self.people if one.photo_id is not None)

    def fingerprint(self, kind: str) -> str:
        """SHA-256 (hex) of all that goes into the PDF; a photograph's content never changes under its id."""
        content = json.dumps([kind, asdict(self)], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


def grid(count: int) -> tuple[int, int]:
    """Columns and rows of every page of a poster with `count` candidates: one cell's room is every cell's room."""
    return next(((columns, rows) for most, columns, rows in _GRIDS if count <= most), _LARGEST_GRID)


def render_poster(paper: Paper, photos: Mapping[str, bytes]) -> bytes:
    """Set the poster, A3: all candidates with picture, number and name, on as many pages as they need.

    `photos` are square JPEG pictures by id, one for each of `paper.photo_ids`. Equal arguments give equal bytes.
    """
    columns, rows = grid(len(paper.people))
    pictures = {f"{photo_id}.svg": framed(photos[photo_id], "jpeg") for photo_id in paper.photo_ids} | {
        "none.svg": _SILHOUETTE
    }
    return _set("poster", paper, {"columns": columns, "rows": rows}, pictures)


def render_flyer(paper: Paper) -> bytes:
    """Set the flyer, A4 on both sides: the election in short, and the names of all candidates."""
    count = len(paper.people)
    columns = next((columns for most, columns in _COLUMNS if count <= most), _MOST_COLUMNS)
    return _set("flyer", paper, {"columns": columns}, {})


def _set(template: str, paper: Paper, layout: Mapping[str, int], pictures: Mapping[str, bytes]) -> bytes:
    data = {
        "election": paper.election,
        "municipality": paper.municipality,
        "address": paper.address,
        "rehearsal": paper.rehearsal,
        "people": [_person(one) for one in paper.people],
        "words": asdict(paper.wording),
        **layout,
    }
    return typeset(template, data, dated=paper.day, files={"code.svg": qr_svg(paper.address), **pictures})


def _person(one: Person) -> dict[str, Any]:
    shown = asdict(one)
    photo_id = shown.pop("photo_id")
    return shown | {"picture": "none.svg" if photo_id is None else f"{photo_id}.svg"}
